"""Pictures made ready for the web: three widths, two formats, nothing of the camera left in them."""

from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4

from PIL import Image, ImageOps, UnidentifiedImageError

from crosslab.core.errors import Refused
from crosslab.rules import N_

FOLDER = "pictures"
WIDTHS = (640, 1000, 1600)
READS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF")
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
    original = _read(content)
    if original.width < WIDTHS[0]:
        text = N_("The picture is {width} pixels wide. It must be {least} or more.")
        raise Refused(text, field="file", width=original.width, least=WIDTHS[0])
    key, made = uuid4().hex, {}
    for width in widths(original.width):
        sized = original.resize((width, round(original.height * width / original.width)), reducing_gap=3.0)
        made[name(key, width, "avif")] = _written(sized, "AVIF", quality=58, speed=9)
        made[name(key, width, "webp")] = _written(sized, "WEBP", quality=78, method=3)
    mean = original.resize((1, 1), Image.Resampling.BOX).tobytes()
    return Picture(key, sized.width, sized.height, f"#{mean.hex().upper()}", made)


def _read(content: bytes) -> Image.Image:
    """The picture upright and in RGB. Its size is looked at before its pixels are unpacked."""
    try:
        with Image.open(BytesIO(content), formats=READS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                text = N_("The picture has more than {most} million pixels. Choose a smaller one.")
                raise Refused(text, field="file", most=MOST_PIXELS // 1_000_000)
            return _flat(ImageOps.exif_transpose(opened))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        text = N_("This file cannot be read as a picture. Choose a JPEG, PNG, WebP, AVIF or TIFF.")
        raise Refused(text, field="file") from None


def _flat(picture: Image.Image) -> Image.Image:
    """What is transparent becomes white."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        solid = picture.convert("RGBA")
        white = Image.new("RGBA", solid.size, "white")
        return Image.alpha_composite(white, solid).convert("RGB")
    return picture.convert("RGB")


def _written(picture: Image.Image, kind: str, **choices: int) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **choices)
    return out.getvalue()
