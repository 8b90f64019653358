"""The pages of consortia: starting one, its home, its members, its charter, what happened."""

from litestar import Router

from . import charter, doors, home, members, tracing

HANDLERS = [
    *doors.HANDLERS,
    *home.HANDLERS,
    *members.HANDLERS,
    *charter.HANDLERS,
    *tracing.HANDLERS,
]
router = Router("/", route_handlers=HANDLERS)
