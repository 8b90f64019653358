"""The pages of people: their way in, their account, their organisations, their seats."""

from litestar import Router

from . import account, directory, entry, identifiers, language, profile, programmes, seats, verification

ROOMS = (entry, language, account, directory, profile, identifiers, seats, verification, programmes)
router = Router("/", route_handlers=[handler for pages in ROOMS for handler in pages.HANDLERS])
