"""What people call the kinds, sizes and sectors of organisations, and how often they want a digest."""

from crosslab.rules import N_

from .tables import OrganisationKind as Kind
from .tables import SizeClass as Size

KINDS: dict[Kind, str] = {
    Kind.SME_BUSINESS: N_("Small or medium-sized business"),
    Kind.BUSINESS: N_("Larger business"),
    Kind.BUSINESS_SUPPORT: N_("Business support organisation"),
    Kind.RESEARCH: N_("Research organisation"),
    Kind.HIGHER_EDUCATION: N_("University or college"),
    Kind.PUBLIC_BODY: N_("Public body"),
    Kind.HERITAGE_PUBLIC: N_("Public museum, library or archive"),
    Kind.HERITAGE_PRIVATE: N_("Independent museum, library or archive"),
    Kind.NONPROFIT: N_("Association or charity"),
    Kind.SOCIAL_ENTERPRISE: N_("Social enterprise"),
    Kind.SOLE_TRADER: N_("Sole trader"),
}

SIZES: dict[Size, str] = {
    Size.MICRO: N_("Micro: fewer than 10 people"),
    Size.SMALL: N_("Small: fewer than 50 people"),
    Size.MEDIUM: N_("Medium-sized: fewer than 250 people"),
    Size.SMALL_MID_CAP: N_("Small mid-cap: fewer than 750 people"),
    Size.LARGE: N_("Large: 750 people or more"),
    Size.NOT_APPLICABLE: N_("Not a business"),
}

SIZE_MEANINGS: dict[Size, str] = {
    Size.MICRO: N_("And at most €2 million turnover or balance sheet total."),
    Size.SMALL: N_("And at most €10 million turnover or balance sheet total."),
    Size.MEDIUM: N_("And at most €50 million turnover or €43 million balance sheet total."),
    Size.SMALL_MID_CAP: N_("And at most €150 million turnover or €129 million balance sheet total."),
    Size.LARGE: N_("Or more turnover and a larger balance sheet than the classes above allow."),
    Size.NOT_APPLICABLE: N_("Museums, libraries, universities and public bodies."),
}
"""The EU definition: Recommendation 2003/361/EC for SMEs, Recommendation (EU) 2025/1099 for small mid-caps."""

SECTORS: dict[str, str] = {
    "heritage": N_("Heritage"),
    "arts": N_("Performing and visual arts"),
    "community": N_("Community"),
    "construction": N_("Building and conservation"),
    "crafts": N_("Crafts and making"),
    "design": N_("Design"),
    "education": N_("Education"),
    "energy": N_("Energy"),
    "events": N_("Events"),
    "food": N_("Food"),
    "games": N_("Games"),
    "health": N_("Health"),
    "imaging": N_("Imaging and 3D"),
    "lighting": N_("Lighting"),
    "media": N_("Publishing and media"),
    "mobility": N_("Transport"),
    "research": N_("Research"),
    "retail": N_("Shops and trade"),
    "sensors": N_("Sensors and electronics"),
    "software": N_("Software and data"),
    "sound": N_("Sound"),
    "textiles": N_("Fashion and textiles"),
    "tourism": N_("Tourism"),
}

DIGESTS: dict[str, tuple[str, str]] = {
    "daily": (N_("Once a day"), N_("Only when something happened. What cannot wait comes at once.")),
    "weekly": (N_("Once a week"), N_("On Mondays. What cannot wait comes at once.")),
    "never": (N_("No digest"), N_("You read the inbox yourself. What cannot wait still comes at once.")),
}

NEXT_STEPS: dict[str, str] = {
    "summary": N_("What are you, in two sentences?"),
    "offers": N_("What can you bring to a consortium?"),
    "needs": N_("What do you look for?"),
    "sectors": N_("Which sectors do you work in?"),
    "website": N_("Where can people read more about you?"),
}
"""The questions an unfinished profile leaves open, by column."""
