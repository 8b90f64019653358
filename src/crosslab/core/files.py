"""Where bytes are kept that are too large for rows: a folder by default, an S3-compatible store when asked.

Public pictures and documents and the members' ciphertext all go through here; a key says which is which.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import obstore
from obstore.store import LocalStore, S3Store

from .inpieces import InPieces
from .settings import Settings
from .unfinished import Growing, Unfinished


class Files:
    """A store of bytes by key. Writing is all or nothing in both kinds of store; `unfinished` is what still comes."""

    def __init__(self, store: LocalStore | S3Store, unfinished: Unfinished) -> None:
        self._store, self.unfinished = store, unfinished

    def put(self, key: str, content: bytes) -> None:
        """Store `content` under `key`; a reader sees all of it or nothing."""
        obstore.put(self._store, key, content)

    def put_parts(self, key: str, parts: Iterator[bytes]) -> None:
        """Store a stream under `key`. If the stream breaks off, nothing is left behind."""
        obstore.put(self._store, key, parts)

    def get(self, key: str) -> bytes:
        """All of it. Raises `FileNotFoundError`."""
        return bytes(obstore.get(self._store, key).bytes())

    def stream(self, key: str, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """It, or a part of it, in pieces of up to a megabyte. Raises `FileNotFoundError`."""
        if stop is not None:
            found = obstore.get(self._store, key, options={"range": (start, stop)})
        elif start:
            found = obstore.get(self._store, key, options={"range": {"offset": start}})
        else:
            found = obstore.get(self._store, key)
        for piece in found.stream(min_chunk_size=1_048_576):
            yield bytes(piece)

    def size(self, key: str) -> int | None:
        """Its size in bytes, or None when there is nothing under the key."""
        try:
            return int(obstore.head(self._store, key)["size"])
        except FileNotFoundError:
            return None

    def under(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        """The keys below a folder, each with when it was stored."""
        for batch in obstore.list(self._store, prefix=prefix):
            for each in batch:
                yield str(each["path"]), each["last_modified"]

    def delete(self, key: str) -> None:
        """Remove it, if it is there."""
        if self.size(key) is not None:
            obstore.delete(self._store, key)


def files(settings: Settings) -> Files:
    """The store named by the settings: `file:<folder>` or `s3:<bucket>[/prefix]`."""
    kind, _, place = settings.files.partition(":")
    if kind == "file":
        folder = Path(place).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        return Files(LocalStore(prefix=folder), Growing(folder))
    store = bucket_of(settings)
    return Files(store, InPieces(store))


def bucket_of(settings: Settings) -> S3Store:
    """The S3-compatible store named by the settings."""
    bucket, _, prefix = settings.files.partition(":")[2].partition("/")
    return S3Store(
        bucket,
        prefix=prefix or None,
        endpoint=settings.s3_endpoint or None,
        access_key_id=settings.s3_key,
        secret_access_key=settings.s3_secret,
        region=settings.s3_region,
        client_options={"allow_http": settings.s3_endpoint.startswith("http://")},
    )
