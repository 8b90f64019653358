"""The pages of the pipeline: the board, the table, one consortium on it, and the export."""

from litestar import Router

from . import board, card, moves

router = Router("/", route_handlers=[*board.HANDLERS, *card.HANDLERS, *moves.HANDLERS])
