"""Pictures made ready for the web: three widths, two formats, nothing of the camera left in them."""

import json
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from crosslab.core.aside import Cannot, aside
from crosslab.core.errors import Refused
from crosslab.rules import N_

DARKROOM = Path(__file__).with_name("darkroom.py")
FOLDER = "pictures"
WIDTHS = (640, 1000, 1600)
MOST_BYTES = 20 * 1_048_576
MOST_PIXELS = 60_000_000
FORMATS = {"avif": "image/avif", "webp": "image/webp"}


@dataclass(frozen=True)
class Picture:
    """A picture in all its sizes: bytes by file name, its own size, and the colour that stands in for it."""

    key: str
    width: int
    height: int
    colour: str
    files: dict[str, bytes]


def widths(width: int) -> list[int]:
    """The widths in which a picture is kept."""
    return [each for each in WIDTHS if each <= width]


def name(key: str, width: int, kind: str) -> str:
    """Where one size of a picture is kept."""
    return f"{FOLDER}/{key}-{width}.{kind}"


def picture_of(name: str) -> str:
    """The key of the picture of which this file is one size."""
    return name.rpartition("/")[2].partition("-")[0]


def prepare(content: bytes) -> Picture:
    """Read a picture and make its sizes. Raises `Refused` beside the field when it cannot be one of ours."""
    if len(content) > MOST_BYTES:
        raise Refused(N_("The file is larger than 20 MB. Choose a smaller one."), field="file")
    wanted = json.dumps({"widths": WIDTHS, "most_pixels": MOST_PIXELS}).encode()
    try:
        made = json.loads(aside(DARKROOM, wanted + b"\n" + content))
    except Cannot as why:
        raise _refused(*str(why).split()) from None
    key = uuid4().hex
    files = {f"{FOLDER}/{key}-{size}": b64decode(held) for size, held in made["files"].items()}
    return Picture(key, made["width"], made["height"], made["colour"], files)


def _refused(why: str = "unread", width: str = "") -> Refused:
    if why == "narrow":
        text = N_("The picture is {width} pixels wide. It must be {least} or more.")
        return Refused(text, field="file", width=int(width), least=WIDTHS[0])
    if why == "large":
        text = N_("The picture has more than {most} million pixels. Choose a smaller one.")
        return Refused(text, field="file", most=MOST_PIXELS // 1_000_000)
    return Refused(
        N_("This file cannot be read as a picture. Choose a JPEG, PNG, WebP, AVIF or TIFF."), field="file"
    )
