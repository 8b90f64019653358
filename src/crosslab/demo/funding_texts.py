"""What the consortia of the story wrote to their funders, and what they reckoned."""

from fractions import Fraction

from crosslab.funding.sums import Cost

AMPHI = {
    "summary": (
        "Amphi Nights turns an idle amphitheatre beside Canal Row Library into a place that earns its keep. A "
        "self-standing rig lights and sounds the stage without a single anchor in listed stone, and the stage "
        "answers when the audience moves. We build it, try it over two weekends in one season, and hand the "
        "square a plan by which small nights pay for themselves. Four small firms from Norway and Britain do "
        "the work; the library brings the place, 4,200 drawings and a curator for one day a week."
    ),
    "problem": (
        "The amphitheatre seats 640 people and was used on 41 days last year. It cost the library £38,400 to "
        "keep and brought in less than a quarter of that. Every earlier plan failed on the same three points: "
        "nothing may be fixed to the listed stone, the neighbours across the canal hear everything, and hired "
        "stages cost more than a small night takes in. Places like it stand idle in most European cities. "
        "What is at stake is not one stage but whether a public square can stay open and free by day because "
        "it earns in the evening."
    ),
    "approach": (
        "Three things come together that none of us has alone. Fjordlys has a rig that stands on its own "
        "weight and runs at low voltage. Nordlyd has loudspeakers whose sound stops at the last row. Tinker & "
        "Tap has sensors that know where a crowd is without a camera and without knowing anyone. Together "
        "they make an audience-lit stage: light and sound follow the people, and the empty half of the square "
        "stays dark and quiet. We tried the parts one by one in Bergen and Birmingham in 2025. New in this "
        "project is the loop between them, and a price model that lets a choir of thirty hire the square for "
        "an evening."
    ),
    "partners": (
        "Fjordlys AS leads, builds the rig and answers for safety. Tinker & Tap Ltd builds the sensing and "
        "the booking. Nordlyd AS models the noise and tunes the sound field. Brightwater Events Ltd runs the "
        "two trial weekends, with licences and stewards, and keeps the season plan. We decide by one voice a "
        "partner; money and dates need all four. The library is not paid. It sits in every monthly meeting "
        "and can stop a trial at any time."
    ),
    "rights": (
        "Each firm brings its own rig, sensors or sound models and keeps them; a register that all four have "
        "signed lists every item. The loop between light, sound and movement is owned by Fjordlys and Tinker "
        "& Tap in the shares the register states. The trial design belongs to all four. Any partner may use "
        "what it needs for the project free of charge, and afterwards on fair terms. The library may use the "
        "result on its own square for good, without a fee."
    ),
    "exploitation": (
        "The first customer is the square itself: from the second season we expect sixty hired evenings a "
        "year at £640 each, which covers its running cost. Fjordlys and Nordlyd sell the stage as one product "
        "to towns with listed squares, of which we know 120 in the Nordic countries and Britain. Tinker & Tap "
        "sells the booking and sensing as a service. Brightwater publishes the season plan so that other "
        "libraries can copy it. We expect the first sale within a year of the end of the project."
    ),
    "plan": (
        "Months 1 to 4: the rig is adapted to the square and the noise model is measured; Fjordlys leads. "
        "Months 3 to 8: the sensing loop is built and tried indoors; Tinker & Tap leads. Month 9: first trial "
        "weekend, two nights of 200 people; Brightwater leads. Months 10 to 13: we repair what did not work. "
        "Month 14: second trial weekend, two nights of 500 people. Months 15 to 18: price model, season plan, "
        "and a stage that others can order. Each step is done when the library has signed its short report."
    ),
    "risks": (
        "Rain on a trial weekend is likely and costs us a date; we hold a second one for each. Noise above "
        "the limit is possible; the model is measured before anyone is invited, and the stage switches itself "
        "down. Consent for a listed place may take longer than planned; nothing touches the stone, and the "
        "conservation officer has seen the drawings. If a partner leaves, the register says who may go on "
        "with what. If the crowd sensing proves unreliable, light and sound run from a desk and the weekends "
        "still take place."
    ),
    "money": (
        "Three quarters of the cost is people who build and measure. Equipment is bought only where hiring "
        "for eighteen months would cost more. Without the grant each firm would go on alone: the rig without "
        "its ears, the sound without its place. The library could not carry the risk of a trial, and the "
        "square would stay dark another season."
    ),
}

AMPHI_COSTS: dict[str, tuple[Fraction, tuple[Cost, ...], str]] = {
    "fjordlys": (
        Fraction(1, 2),
        (
            Cost("staff", 1, "Rig design and safety, 14 person-months", 96_400_00),
            Cost("staff", 2, "Rig trials and repair, 6 person-months", 42_300_00),
            Cost("equipment", 1, "Ballast frames and low-voltage light", 38_750_50),
            Cost("travel", 1, "Bergen to Birmingham, nine journeys", 8_140_00),
            Cost("overheads", 1, "Workshop in Bergen", 17_009_50),
        ),
        "Staff at the firm's real hourly cost.",
    ),
    "tinker": (
        Fraction(3, 5),
        (
            Cost("staff", 1, "Sensing loop, 11 person-months", 88_200_00),
            Cost("staff", 2, "Booking and handover, 5 person-months", 39_875_25),
            Cost("equipment", 1, "Forty floor sensors", 12_480_00),
            Cost("subcontracting", 1, "Penetration test of the booking", 9_500_00),
            Cost("overheads", 2, "Hosting and insurance", 6_120_25),
        ),
        "",
    ),
    "nordlyd": (
        Fraction(1, 2),
        (
            Cost("staff", 1, "Noise model, 7 person-months", 58_450_00),
            Cost("equipment", 1, "Directional array, hired", 21_300_00),
            Cost("travel", 1, "Trondheim to Birmingham, six journeys", 5_217_35),
            Cost("staff", 2, "Tuning on site, 2 person-months", 16_700_00),
        ),
        "",
    ),
    "brightwater": (
        Fraction(3, 5),
        (
            Cost("staff", 1, "Season planning and licences, 5 person-months", 31_250_00),
            Cost("staff", 2, "Two trial weekends, 4 person-months", 25_400_00),
            Cost("materials", 2, "Stewarding, fencing, first aid", 18_999_99),
            Cost("other", 2, "Open evening for the neighbours", 2_350_00),
        ),
        "Stewards are paid the real living wage.",
    ),
}

CALM = {
    "summary": (
        "Calm Rooms gives people who wait in hospitals half an hour that feels like a room of their own. "
        "Light that follows the day, pictures and sound from a library's collection, and a seat made for "
        "waiting come together in a room that any ward can build. We try it in two waiting rooms over one "
        "winter and measure whether people are calmer, without knowing who they are."
    ),
    "problem": (
        "In Vestby 31,000 people a year wait for an hour or more in rooms without daylight. The hospital "
        "library holds pictures, readings and music that could help, and nobody can reach them from a "
        "corridor. Patients told us that the worst part is not the time but having nothing kind to look at."
    ),
    "approach": (
        "Circadian light is known to calm; nobody has joined it with what a collection holds. We pair each "
        "hour's light with pictures and sound that librarians and patients chose together, and let the room "
        "change slowly. The room counts how long people stay and how loud it is, and nothing else."
    ),
    "partners": (
        "The lead partner builds the light and answers for clinical approval. The data partner designs the "
        "measurement so that no person can be recognised. The hospital library chooses from the collection "
        "with a panel of twelve patients and opens two waiting rooms for the trial."
    ),
    "rights": (
        "Each partner keeps what it brings. The pairing of light and collection is owned jointly in equal "
        "shares. The library may use it for good without a fee and may show others how it is done. The "
        "measured figures are published openly once they are counted."
    ),
    "exploitation": (
        "Hospitals in Norway and Germany rebuild some four hundred waiting rooms a year. The lead partner "
        "sells the room through the makers of hospital lighting it already supplies; the data partner sells "
        "the measurement. Libraries join with their own collections and are paid for choosing."
    ),
    "plan": (
        "Months 1 to 3: choosing with the patients. Months 2 to 6: light and sound are built into the first "
        "room. Months 6 to 10: first winter trial. Months 9 to 12: second room, measurement and a handbook "
        "for other wards."
    ),
    "risks": (
        "A ward may need the room back in an epidemic; everything can be rolled out within an hour. Patients "
        "may dislike the light; a switch by the door turns it plain. If too few people agree to be asked, the "
        "room's own counts still show how long they stay."
    ),
    "money": (
        "Most of the cost is the two rooms and the people who choose and measure. Without the grant the light "
        "would be sold without the collection, and the library would go on lending books to those who can "
        "reach it."
    ),
}
