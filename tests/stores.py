"""The two places where a house keeps its files, each fresh: a folder, and an S3-compatible store that is served.

`stored` runs a test on both: the settings that name the place.
"""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import httpx
import pytest
from moto.server import ThreadedMotoServer

STORES = ("folder", "s3")
_numbers = count(1)


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The address of an S3-compatible store of this worker's own."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=STORES)
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The settings of an empty place for files."""
    return {"files": f"file:{tmp_path}/stored"} if request.param == "folder" else a_bucket(request)


def a_bucket(request: pytest.FixtureRequest) -> dict[str, str]:
    """The settings of an empty bucket."""
    url, bucket = request.getfixturevalue("s3"), f"bucket-{next(_numbers)}"
    httpx.put(f"{url}/{bucket}").raise_for_status()
    return {"files": f"s3:{bucket}/house", "s3_endpoint": url, "s3_key": "key", "s3_secret": "secret"}
