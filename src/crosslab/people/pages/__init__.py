"""The pages of people: their way in, their account, their organisations."""

from litestar import Router

from . import entry

router = Router("/", route_handlers=[*entry.HANDLERS])
