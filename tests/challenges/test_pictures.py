"""Pictures and documents: what we take, what we make of it, what we refuse."""

from io import BytesIO

import pytest
from PIL import Image

from crosslab.challenges import documents, pictures
from crosslab.core.errors import Refused
from crosslab.demo import pictures as drawn
from tests.challenges.conftest import a_picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"><script>alert(1)</script></svg>'


def test_a_picture_is_made_in_three_widths_and_two_formats():
    made = pictures.prepare(a_picture(2000, 1000))

    assert sorted(made.files) == sorted(
        f"pictures/{made.key}-{width}.{kind}" for width in (640, 1000, 1600) for kind in ("avif", "webp")
    )
    assert (made.width, made.height, made.colour) == (1600, 800, "#245663")
    small = Image.open(BytesIO(made.files[f"pictures/{made.key}-640.webp"]))
    assert small.size == (640, 320)


def test_nothing_of_the_camera_is_left_in_it():
    out, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "Camera of Helen"
    exif[0x0112] = 6
    Image.new("RGB", (900, 700)).save(out, "JPEG", exif=exif)
    made = pictures.prepare(out.getvalue())

    assert (made.width, made.height) == (640, 823)
    assert not any(b"Camera of Helen" in content for content in made.files.values())


def test_what_is_transparent_becomes_white():
    out = BytesIO()
    Image.new("RGBA", (700, 700), (0, 0, 0, 0)).save(out, "PNG")
    assert pictures.prepare(out.getvalue()).colour == "#FFFFFF"


@pytest.mark.parametrize(
    "content", [b"", b"hello", SVG, b"%PDF-1.7", a_picture()[:200], b"GIF89a" + bytes(20)]
)
def test_what_is_no_picture_is_told_beside_the_field(content):
    with pytest.raises(Refused, match="cannot be read as a picture") as no:
        pictures.prepare(content)
    assert no.value.field == "file"


def test_a_picture_that_is_too_narrow_is_told_how_narrow():
    with pytest.raises(Refused, match="320 pixels wide"):
        pictures.prepare(a_picture(320, 900))


def test_a_bomb_is_refused_before_it_is_unpacked():
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(Refused, match=r"60 million pixels|cannot be read"):
        pictures.prepare(out.getvalue())


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(Refused, match="larger than 20 MB"):
        pictures.prepare(bytes(pictures.MOST_BYTES + 1))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.exe", b"MZ"),
        ("page.html", b"<script>"),
        ("plan.pdf", b"MZ"),
        ("list.csv", b"a\x00b"),
        ("noname", b"x"),
    ],
)
def test_a_document_is_told_by_its_first_bytes(name, content):
    with pytest.raises(Refused, match="not a document we can offer"):
        documents.prepare(name, content)


def test_a_document_is_saved_under_its_title():
    paper = documents.prepare("a.PDF", b"%PDF-1.7")
    assert paper.media_type == "application/pdf"
    assert documents.file_name('Plan "of"/the \\ site', paper.key) == "Plan ofthe  site.pdf"


def test_the_story_draws_its_own_pictures():
    assert {pictures.prepare(draw()).width for draw in (drawn.amphitheatre, drawn.sheets)} == {1600}
