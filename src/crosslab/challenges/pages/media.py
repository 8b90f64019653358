"""Pictures and documents: bytes that never run, and pictures that are cached for ever."""

import re
from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.response import Stream

from crosslab.challenges import queries
from crosslab.challenges.documents import file_name
from crosslab.challenges.pictures import FORMATS
from crosslab.challenges.tables import Challenge
from crosslab.core.errors import Missing
from crosslab.core.find import find
from crosslab.web.given import Db, Here, Id, Slug, Who
from crosslab.web.routes import ask_anyone

SAFE = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}
PICTURE = re.compile(r"([0-9a-f]{32})-(\d{3,4})\.(avif|webp)")


@ask_anyone("/media/pictures/{name:str}")
def picture_file(db: Db, actor: Who, page: Here, name: Slug) -> Response[Any]:
    asked = PICTURE.fullmatch(name)
    public = queries.has_picture(db, actor, asked.group(1)) if asked else None
    if asked is None or public is None:
        raise Missing(queries.NOTHING)
    kept = "public, max-age=31536000, immutable" if public else "private, no-store"
    headers = {**SAFE, "Cache-Control": kept}
    return Response(_bytes(page, f"pictures/{name}"), media_type=FORMATS[asked.group(3)], headers=headers)


def _bytes(page: Here, key: str) -> bytes:
    try:
        return page.door.files.get(key)
    except FileNotFoundError:
        raise Missing(queries.NOTHING) from None


@ask_anyone("/challenges/{id:uuid}/documents/{document:uuid}")
def document_file(db: Db, actor: Who, page: Here, id: Id, document: Id) -> Stream:
    challenge = find(db, actor, Challenge, id)
    found = queries.document(db, actor, challenge, document)
    if page.door.files.size(found.key) is None:
        raise Missing(queries.NOTHING)
    named = f"attachment; filename*=UTF-8''{quote(file_name(found.title, found.key))}"
    headers = {**SAFE, "Content-Disposition": named, "Content-Length": str(found.size)}
    return Stream(page.door.files.stream(found.key), media_type=found.media_type, headers=headers)


HANDLERS = [picture_file, document_file]
