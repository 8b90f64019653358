"""Makes the sizes of one picture: a program of its own, run by `pictures`, because strangers send what it reads."""

import json
import sys
from base64 import b64encode
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

READS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF")
CANNOT = 3


class Unfit(Exception):
    """It cannot be one of ours. Its words say why, in one word for `pictures`."""


def develop(content: bytes, widths: Sequence[int], most_pixels: int) -> dict[str, Any]:
    """The picture in the widths it reaches: its largest size, the colour that stands in for it, and the files."""
    original = _read(content, most_pixels)
    if original.width < widths[0]:
        raise Unfit(f"narrow {original.width}")
    files = {}
    for width in (each for each in widths if each <= original.width):
        sized = original.resize((width, round(original.height * width / original.width)), reducing_gap=3.0)
        files[f"{width}.avif"] = _written(sized, "AVIF", quality=58, speed=9)
        files[f"{width}.webp"] = _written(sized, "WEBP", quality=78, method=3)
    mean = original.resize((1, 1), Image.Resampling.BOX).tobytes()
    return {"width": sized.width, "height": sized.height, "colour": f"#{mean.hex().upper()}", "files": files}


def _read(content: bytes, most_pixels: int) -> Image.Image:
    """The picture upright and in RGB. Its size is looked at before its pixels are unpacked."""
    try:
        with Image.open(BytesIO(content), formats=READS) as opened:
            if opened.width * opened.height > most_pixels:
                raise Unfit("large")
            return _flat(ImageOps.exif_transpose(opened))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Unfit("unread") from None


def _flat(picture: Image.Image) -> Image.Image:
    """What is transparent becomes white."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        solid = picture.convert("RGBA")
        white = Image.new("RGBA", solid.size, "white")
        return Image.alpha_composite(white, solid).convert("RGB")
    return picture.convert("RGB")


def _written(picture: Image.Image, kind: str, **choices: int) -> str:
    out = BytesIO()
    picture.save(out, kind, **choices)
    return b64encode(out.getvalue()).decode()


def main() -> None:
    """Read a line with what is wanted and then the picture; write what was made, or why not."""
    wanted, content = json.loads(sys.stdin.buffer.readline()), sys.stdin.buffer.read()
    try:
        print(json.dumps(develop(content, **wanted)))
    except Unfit as why:
        print(why, end="")
        sys.exit(CANNOT)


if __name__ == "__main__":
    main()
