"""Where voices led to: what was said beside a challenge, and what was brought into a business case."""

from litestar import Response

from crosslab.challenges.brief import path_of
from crosslab.challenges.tables import PUBLIC, Challenge
from crosslab.core.find import find_by
from crosslab.sessions.voices import onward
from crosslab.sessions.voices.forms import KINDS
from crosslab.web.given import Db, Here, Id, Slug, Who
from crosslab.web.routes import ask, ask_anyone
from crosslab.workshops.skeletons.tables import Skeleton
from crosslab.workshops.tables import Workshop

from .frame import number_in


@ask("/challenges/{name:str}/voices", public=True)
def of_challenge(db: Db, actor: Who, page: Here, name: Slug) -> Response[str]:
    """What visitors of open sessions said and a host laid beside this challenge."""
    challenge = find_by(db, actor, Challenge, no=number_in(name))
    public = challenge.state in PUBLIC
    back = page.here(path_of(challenge)) if public else f"/challenges/{challenge.id}"
    said = onward.beside(db, actor, challenge)
    return page.show("sessions/of_challenge.html", challenge=challenge, said=said, kinds=KINDS, back=back)


@ask_anyone("/s/{no:str}/cases/{id:uuid}/voices")
def of_case(db: Db, actor: Who, page: Here, no: Slug, id: Id) -> Response[str]:
    """What visitors of open sessions said and a host brought into this business case, for those who may read it."""
    workshop = find_by(db, actor, Workshop, no=no)
    case = find_by(db, actor, Skeleton, id=id, workshop_id=workshop.id)
    said, elsewhere = onward.within(db, actor, case)
    return page.show(
        "sessions/of_case.html", workshop=workshop, case=case, said=said, elsewhere=elsewhere, kinds=KINDS,
        back=f"/s/{workshop.no}/cases/{case.id}",
    )  # fmt: skip


HANDLERS = [of_challenge, of_case]
