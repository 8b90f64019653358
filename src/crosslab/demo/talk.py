"""What was asked, answered, announced and offered about the amphitheatre."""

QUESTIONS = (
    (74, "ane", "May a lighting rig stand on the seats overnight between the two trial weekends?"),
    (
        66,
        "jonas",
        "Can we use the structural model for an overlay that visitors see on their own telephones?",
    ),
    (5, "sam", "Do volunteers from the neighbourhood count as a partner, or only firms?"),
)
ANSWERS = {
    QUESTIONS[0][
        2
    ]: "Yes, on the upper four rows, if it is ballasted and leaves 1.2 m on each aisle. We steward it.",
    QUESTIONS[1][2]: "Yes. The model is free to use for trials. Ask us before you publish parts of it.",
}
UPDATES = (
    (
        52,
        "The workshop has a date",
        "We meet in the amphitheatre itself, and under the library's roof if it rains. Doors open at 13:00.",
    ),
    (
        15,
        "Two trial weekends are fixed",
        "The second and the last weekend of March. Licences and stewards are booked for both, from noon to 21:00.",
    ),
)
"""Days ago, heading, news."""

INTERESTS = (
    (
        34,
        "ane",
        "fjordlys",
        "amphitheatre",
        "Rigs that stand on their own and need no fixing, on loan for both weekends.",
        "Somebody who makes light answer to people.",
        "everyone",
    ),
    (
        33,
        "tom",
        "tinker",
        "amphitheatre",
        "Sensors that count a crowd without cameras, and a stage that reacts to it.",
        "Light, and a place to test outdoors.",
        "everyone",
    ),
    (
        31,
        "ingrid",
        "nordlyd",
        "amphitheatre",
        "Directional sound that stops at the last row.",
        "A programme worth listening to.",
        "everyone",
    ),
    (
        28,
        "beth",
        "brightwater",
        "amphitheatre",
        "Licences, stewards and a season of small events that pay for themselves.",
        "Technology we do not have to run ourselves.",
        "everyone",
    ),
    (
        21,
        "jonas",
        "rheinbild",
        "amphitheatre",
        "Drawings from the stacks, seen where they were drawn.",
        "A host with visitors all year.",
        "interested",
    ),
    (
        14,
        "eli",
        "haugen",
        "amphitheatre",
        "Seat cushions in wool felt, hired by the hour.",
        "A maker in Britain.",
        "interested",
    ),
    (
        9,
        "sam",
        "twolocks",
        "amphitheatre",
        "Forty volunteers who live within earshot, and the trust of the rest.",
        "Paid work for young people.",
        "everyone",
    ),
    (
        8,
        "jonas",
        "rheinbild",
        "drawings",
        "Drawings laid over the real place, without an app to install.",
        "Somebody who knows schools.",
        "everyone",
    ),
    (
        40,
        "katrin",
        "kaiserlicht",
        "waiting room",
        "Lys som følger dagen, godkjent for klinikker.",
        "Noen som kan lyd.",
        "everyone",
    ),
    (38, "nina", "sorlandet", "waiting room", "Målinger uten persondata.", "", "interested"),
)
"""Days ago, who, for which house, for which challenge, what they bring, whom they seek, who may know."""
