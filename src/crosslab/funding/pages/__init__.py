"""The pages of funding: programmes for everyone, applications for those who write them."""

from litestar import Router

from . import builder, money, outcome, paper, schemes, signing

router = Router(
    "/",
    route_handlers=[
        *schemes.HANDLERS,
        *builder.HANDLERS,
        *money.HANDLERS,
        *signing.HANDLERS,
        *outcome.HANDLERS,
        *paper.HANDLERS,
    ],
)
