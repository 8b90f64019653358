"""The desk's doors, the general pages, and the health of the house."""

from litestar import Router

from . import general, home, house, landing, notices, verify

router = Router(
    "/",
    route_handlers=[
        *(landing.landing, home.desk, home.front, home.search),
        *(notices.inbox, notices.read, notices.notice),
        *(house.alive, house.ready, house.status, house.admin, house.retry, house.policy),
        *(general.accessibility, general.privacy, general.terms, general.contact),
        *(general.styleguide, general.robots, general.favicon),
        verify.verify,
    ],
)
