"""The board and the table of a programme cost about as much with 10,000 consortia as with 100.

Promised: the page takes at most three times as long. Both databases are copies of the demo world on PostgreSQL
with a crowd written into them (three members each, an application for three in seven, an event each, spread over
seven stages and twenty challenges). The programme manager, signed in, asks for the page through the whole
application, in turns; the best of twenty on the wall counts, so that the database's work is in it.
"""

import gzip

from bench import promise
from bench._crowd import consortia_in
from bench._page import house_with, measured_house, slower

HOME = "/p/heritage-innovation/pipeline"


def main() -> None:
    with (
        measured_house(),
        house_with(lambda db, world: consortia_in(db, world.programme, 10_000), "priya") as large,
        house_with(lambda db, world: consortia_in(db, world.programme, 100), "priya") as small,
    ):
        for name, query in (
            ("board", ""),
            ("table", "?view=table"),
            ("table by stage", "?view=table&sort=stage"),
        ):
            times, most, least = slower(lambda q=query: large(HOME + q), lambda q=query: small(HOME + q))
            print(f"  {name}: {most:.0f} ms with 10,000 consortia, {least:.0f} ms with 100")
            promise(f"{name}, 10,000 consortia against 100", times, 3.0)
        promise("board with 10,000 consortia", len(gzip.compress(large(HOME))) / 1000, 30.0, "kB")


if __name__ == "__main__":
    main()
