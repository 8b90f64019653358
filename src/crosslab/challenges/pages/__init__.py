"""The pages of challenges: the public ones, the wizard, the review, the talk, the joining, the files."""

from litestar import Router

from . import joining, media, public, review, running, talk, writing

HANDLERS = [
    *public.HANDLERS,
    *writing.HANDLERS,
    *review.HANDLERS,
    *running.HANDLERS,
    *talk.HANDLERS,
    *joining.HANDLERS,
    *media.HANDLERS,
]
router = Router("/", route_handlers=HANDLERS)
