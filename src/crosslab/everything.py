"""Every table of the house, for migrations and for a database made from nothing."""

from crosslab.challenges import tables as challenges
from crosslab.consortia import tables as consortia
from crosslab.core import events, jobs, mail
from crosslab.core.tables import metadata
from crosslab.desk import tables as desk
from crosslab.funding import tables as funding
from crosslab.ledger import tables as ledger
from crosslab.people import tables as people
from crosslab.pipeline import tables as pipeline
from crosslab.sessions import tables as sessions
from crosslab.sessions.voices import leads, presenters
from crosslab.sessions.voices import tables as voices
from crosslab.web import tables as web
from crosslab.workshops import tables as workshops
from crosslab.workshops.after import tables as after_workshops
from crosslab.workshops.cafe import tables as cafe
from crosslab.workshops.skeletons import tables as skeletons

TABLES = (
    *(events, jobs, mail, web, ledger, people, challenges, workshops, after_workshops, sessions),
    *(voices, leads, presenters),
    *(cafe, skeletons, consortia, funding, pipeline, desk),
)

__all__ = ["TABLES", "metadata"]
