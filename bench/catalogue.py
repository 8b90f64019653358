"""The catalogue of challenges costs about as much with 10,000 challenges as with 100.

Promised: the page takes at most three times as long. Both databases are copies of the demo world on PostgreSQL
with open challenges written into them. A firm's owner, signed in, asks for the first page and for a search
through the whole application, in turns; the best of twenty on the wall counts.
"""

from bench import promise
from bench._crowd import challenges_in
from bench._page import house_with, measured_house, slower


def main() -> None:
    with (
        measured_house(),
        house_with(lambda db, world: _fill(db, world, 10_000), "ane") as large,
        house_with(lambda db, world: _fill(db, world, 100), "ane") as small,
    ):
        for name, path in (("catalogue", "/en/challenges"), ("a search", "/en/challenges?q=amphitheatre")):
            times, most, least = slower(lambda p=path: large(p), lambda p=path: small(p))
            print(f"  {name}: {most:.0f} ms with 10,000 challenges, {least:.0f} ms with 100")
            promise(f"{name}, 10,000 challenges against 100", times, 3.0)


def _fill(db, world, how_many: int) -> None:
    challenges_in(db, world.programme, world.houses["library"].id, how_many)


if __name__ == "__main__":
    main()
