"""The pictures of the story, drawn when the world is built: a plan in white on blue, a wall of sheets in ink."""

import math
from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFont

SCALE = 2
SIZE = (1600, 1100)
CENTRE = (690, 560)
OPENING = (-8, 246)
TIERS = 13
WEDGES = 6
TREES = (
    (1296, 440, 40), (1392, 430, 34), (1490, 446, 42), (1300, 566, 35), (1492, 570, 36), (1306, 690, 40),
    (1496, 694, 34), (1300, 816, 36), (1490, 822, 41), (1310, 938, 34), (1400, 950, 40), (1496, 944, 35),
    (66, 96, 44), (60, 214, 34), (150, 60, 36), (250, 70, 30), (70, 980, 42), (150, 1040, 34),
    (1150, 1000, 36), (1068, 1022, 28),
)  # fmt: skip


class Pen:
    """Draws in white of a given strength on a mask twice as large as the picture."""

    def __init__(self, seed: int) -> None:
        self.mask = Image.new("L", (SIZE[0] * SCALE, SIZE[1] * SCALE), 0)
        self.draw = ImageDraw.Draw(self.mask)
        self.random = Random(seed)  # noqa: S311 - a drawing keeps no secret

    def line(
        self, x: float, y: float, to_x: float, to_y: float, width: float = 1, strength: int = 230
    ) -> None:
        points = [x * SCALE, y * SCALE, to_x * SCALE, to_y * SCALE]
        self.draw.line(points, fill=strength, width=max(1, round(width * SCALE)))

    def arc(self, radius: float, begin: float, end: float, width: float = 1, strength: int = 230) -> None:
        self.draw.arc(_box(*CENTRE, radius), begin, end, fill=strength, width=max(1, round(width * SCALE)))

    def ring(self, x: float, y: float, radius: float, width: float = 1, strength: int = 230) -> None:
        self.draw.ellipse(_box(x, y, radius), outline=strength, width=max(1, round(width * SCALE)))

    def dot(self, x: float, y: float, radius: float, strength: int = 240) -> None:
        self.draw.ellipse(_box(x, y, radius), fill=strength)

    def box(
        self, x: float, y: float, wide: float, high: float, width: float = 1, strength: int = 230
    ) -> None:
        corners = [x * SCALE, y * SCALE, (x + wide) * SCALE, (y + high) * SCALE]
        self.draw.rectangle(corners, outline=strength, width=max(1, round(width * SCALE)))

    def words(self, x: float, y: float, text: str, size: int = 14) -> None:
        font = ImageFont.load_default(size * SCALE)
        self.draw.text((x * SCALE, y * SCALE), text, fill=235, font=font, anchor="ls")

    def ray(self, degrees: float, begin: float, end: float, width: float = 1, strength: int = 230) -> None:
        (x, y), (to_x, to_y) = _at(degrees, begin), _at(degrees, end)
        self.line(x, y, to_x, to_y, width, strength)

    def on(self, paper: Image.Image, ink: str) -> Image.Image:
        """The drawing in an ink on paper."""
        mask = self.mask.resize(SIZE, Image.Resampling.BOX)
        return Image.composite(Image.new("RGB", SIZE, ink), paper, mask)


def _box(x: float, y: float, radius: float) -> list[float]:
    return [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]


def _at(degrees: float, radius: float) -> tuple[float, float]:
    angle = math.radians(degrees)
    return CENTRE[0] + radius * math.cos(angle), CENTRE[1] + radius * math.sin(angle)


def amphitheatre() -> bytes:
    """A plan of the amphitheatre: a round stage, six wedges of seats, the library, a court with trees."""
    pen = Pen(7)
    _stage(pen)
    _seats(pen)
    _library(pen)
    _court(pen)
    for x, y, radius in TREES:
        _tree(pen, x, y, radius)
    _notes(pen)
    return _png(pen.on(_paper("#06303E", "#0F5E70", 4), "#EAF6F5"))


def _stage(pen: Pen) -> None:
    for radius in range(16, 129, 14):
        pen.ring(*CENTRE, radius, 0.8, 150)
    for spoke in range(48):
        begin = 16 if spoke % 4 == 0 else 44 if spoke % 2 == 0 else 86
        pen.ray(spoke * 7.5, begin, 128, 0.7, 140)
    pen.ring(*CENTRE, 132, 2.6)
    pen.ring(*CENTRE, 142, 1)


def _seats(pen: Pen) -> None:
    begin, end = OPENING
    step = (end - begin) / WEDGES
    for tier in range(TIERS):
        for wedge in range(WEDGES):
            _bench(pen, 176 + tier * 24, begin + wedge * step, begin + (wedge + 1) * step)
    for aisle in range(1, WEDGES):
        _stairs(pen, begin + aisle * step)
    pen.arc(496, begin, end, 3.4)
    pen.arc(508, begin, end, 1)
    for side in OPENING:
        pen.ray(side, 150, 508, 3)


def _bench(pen: Pen, radius: float, begin: float, end: float) -> None:
    """One row of one wedge: its edge, its step, and its seats one by one; here and there somebody sits."""
    gap = math.degrees(10 / radius)
    begin, end = begin + gap, end - gap
    pen.arc(radius, begin, end, 1.7)
    pen.arc(radius + 6, begin, end, 0.6, 180)
    seat = math.degrees(11 / radius)
    count = int((end - begin) / seat)
    for n in range(count):
        left = begin + n * seat
        pen.arc(radius + 17, left, left + seat * 0.68, 6, 120)
        if pen.random.random() < 0.05:
            pen.dot(*_at(left + seat * 0.34, radius + 14), 3.4)


def _stairs(pen: Pen, degrees: float) -> None:
    angle = math.radians(degrees)
    across = (-math.sin(angle) * 7.5, math.cos(angle) * 7.5)
    for radius in range(164, 488, 6):
        x, y = _at(degrees, radius)
        pen.line(x - across[0], y - across[1], x + across[0], y + across[1], 0.7, 200)
    for side in (-1, 1):
        (x, y), (to_x, to_y) = _at(degrees, 160), _at(degrees, 490)
        dx, dy = across[0] * side, across[1] * side
        pen.line(x + dx, y + dy, to_x + dx, to_y + dy, 1.2)


def _library(pen: Pen) -> None:
    """The library's front, seen from above, under a lattice of rings."""
    lattice = Pen(1)
    for row in range(7):
        for column in range(-1, 15):
            x, y = 760 + column * 58 + (29 if row % 2 else 0), 26 + row * 50
            lattice.ring(x, y, 42, 0.9, 130)
            lattice.ring(x, y, 23, 0.7, 95)
    frame = (760 * SCALE, 26 * SCALE, 1560 * SCALE, 326 * SCALE)
    pen.mask.paste(ImageChops.lighter(pen.mask.crop(frame), lattice.mask.crop(frame)), frame)
    pen.box(760, 26, 800, 300, 3)
    pen.box(769, 35, 782, 282, 0.8)
    for pier in range(0, 800, 40):
        pen.line(760 + pier, 326, 760 + pier, 336, 1.6)


def _court(pen: Pen) -> None:
    for n in range(26):
        pen.line(1240 + n * 15, 360, 1240 + n * 15, 1060, 0.5, 105)
    for n in range(46):
        pen.line(1240, 360 + n * 15.5, 1600, 360 + n * 15.5, 0.5, 105)


def _tree(pen: Pen, x: float, y: float, radius: float) -> None:
    pen.ring(x, y, radius, 1.4)
    for _ in range(int(radius * 1.5)):
        turn, reach = pen.random.random() * math.tau, radius * math.sqrt(pen.random.random()) * 0.86
        lean, length = turn + pen.random.uniform(-0.5, 0.5), pen.random.uniform(3, 8)
        left, top = x + reach * math.cos(turn), y + reach * math.sin(turn)
        pen.line(left, top, left + length * math.cos(lean), top + length * math.sin(lean), 0.8, 190)


def _notes(pen: Pen) -> None:
    for n in range(19):
        pen.line(CENTRE[0], 44 + n * 20, CENTRE[0], 56 + n * 20, 0.9)
    pen.words(782, 360, "LIBRARY, WEST FRONT")
    pen.words(1250, 1086, "PAVED COURT")
    pen.words(96, 1086, "PLAN OF THE AMPHITHEATRE. 640 SEATS IN SIX WEDGES")
    pen.line(640, 1080, 840, 1080, 1.6)
    for n in range(5):
        pen.line(640 + n * 50, 1073, 640 + n * 50, 1087, 1.2)
    pen.words(852, 1086, "20 m")


def sheets() -> bytes:
    """A wall of measured drawings: fronts of houses, bridges, locks and domes, a sheet each."""
    pen = Pen(11)
    for row in range(4):
        for column in range(6):
            _sheet(pen, 40 + column * 256, 34 + row * 264, pen.random.randrange(4))
    return _png(pen.on(_paper("#D8CFB8", "#F1EAD8", 9), "#2C2A3A"))


def _sheet(pen: Pen, x: float, y: float, kind: int) -> None:
    pen.box(x, y, 238, 240, 1.2, 210)
    pen.box(x + 8, y + 8, 222, 224, 0.6, 130)
    (_front, _bridge, _dome, _section)[kind](pen, x + 20, y + 190)
    pen.line(x + 20, y + 190, x + 218, y + 190, 1.6, 235)
    for n in range(pen.random.randrange(2, 5)):
        pen.line(x + 20, y + 204 + n * 7, x + 20 + pen.random.randrange(60, 150), y + 204 + n * 7, 1, 110)


def _front(pen: Pen, x: float, y: float) -> None:
    """A house front with rows of windows under a pediment."""
    rows, columns = pen.random.randrange(2, 4), pen.random.randrange(4, 7)
    wide, high = 190.0, 30.0 + rows * 38
    pen.box(x + 4, y - high, wide, high, 1.6)
    for row in range(rows):
        for column in range(columns):
            left = x + 12 + column * (wide - 12) / columns
            pen.box(left, y - high + 12 + row * 38, (wide - 40) / columns - 4, 24, 0.9, 190)
    pen.line(x, y - high, x + 99, y - high - 34, 1.4)
    pen.line(x + 99, y - high - 34, x + 198, y - high, 1.4)


def _bridge(pen: Pen, x: float, y: float) -> None:
    """Three arches of voussoirs and a parapet."""
    for arch in range(3):
        middle = (x + 34 + arch * 65, y)
        for radius in (26, 34):
            pen.draw.arc(_box(*middle, radius), 180, 360, fill=220, width=2 * SCALE)
        for stone in range(9):
            angle = math.pi + stone * math.pi / 8
            dx, dy = math.cos(angle), math.sin(angle)
            pen.line(middle[0] + 26 * dx, y + 26 * dy, middle[0] + 34 * dx, y + 34 * dy, 0.8, 190)
    for course in (44, 52, 70):
        pen.line(x, y - course, x + 198, y - course, 1.1, 215)


def _dome(pen: Pen, x: float, y: float) -> None:
    """A dome on a drum, ribbed, with a lantern."""
    pen.box(x + 29, y - 60, 140, 60, 1.6)
    for column in range(9):
        pen.line(x + 37 + column * 15.5, y - 60, x + 37 + column * 15.5, y, 0.9, 180)
    for rib in range(1, 8):
        squeeze = math.cos(rib * math.pi / 8)
        box = [(x + 99 - 70 * squeeze), y - 128, (x + 99 + 70 * squeeze), y + 8]
        left, right = sorted((box[0], box[2]))
        pen.draw.arc(
            [left * SCALE, box[1] * SCALE, right * SCALE, box[3] * SCALE], 180, 360, fill=190, width=2
        )
    pen.draw.arc(_box(x + 99, y - 60, 70), 180, 360, fill=230, width=3)
    pen.box(x + 91, y - 150, 16, 20, 1.1)


def _section(pen: Pen, x: float, y: float) -> None:
    """A lock cut through: walls, gates, the fall of the water."""
    for wall in (0, 168):
        pen.box(x + wall, y - 120, 30, 120, 1.6)
        for hatch in range(0, 120, 8):
            pen.line(x + wall, y - hatch, x + wall + 30, y - max(hatch - 20, 0), 0.7, 150)
    for n in range(9):
        pen.line(x + 32 + (n % 2) * 5, y - 64 + n * 7, x + 164 - (n % 3) * 9, y - 64 + n * 7, 0.8, 150)
    pen.line(x + 34, y - 100, x + 99, y - 78, 2.2)
    pen.line(x + 164, y - 100, x + 99, y - 78, 2.2)


def _paper(edge: str, middle: str, seed: int) -> Image.Image:
    """Paper that has aged: darker towards its edges, clouded, grained."""
    light = ImageChops.invert(Image.radial_gradient("L")).resize(SIZE)
    paper = Image.composite(Image.new("RGB", SIZE, middle), Image.new("RGB", SIZE, edge), light)
    chance = Random(seed)  # noqa: S311 - a drawing keeps no secret
    clouds = Image.frombytes("L", (40, 28), chance.randbytes(40 * 28)).resize(SIZE, Image.Resampling.BICUBIC)
    grain = Image.frombytes("L", (400, 275), chance.randbytes(110_000)).resize(SIZE, Image.Resampling.NEAREST)
    for veil, strength in ((clouds, 0.07), (grain, 0.035)):
        paper = Image.blend(paper, veil.convert("RGB"), strength)
    return paper


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()
