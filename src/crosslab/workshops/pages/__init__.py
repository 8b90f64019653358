"""The pages of workshops: planning, coming in, the phone, the room, the themes, the projector and the results."""

from litestar import Router

from . import coming, live, phone, planning, results, room, themes

HANDLERS = [
    *planning.HANDLERS,
    *coming.HANDLERS,
    *phone.HANDLERS,
    *room.HANDLERS,
    *themes.HANDLERS,
    *results.HANDLERS,
    *live.HANDLERS,
]
router = Router("/", route_handlers=HANDLERS)
