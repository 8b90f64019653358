"""Sets one page: a program of its own, run by `press`."""

import json
import sys

import typst

CANNOT = 3


def main() -> None:
    """Read what is asked for, write the PDF; or say what is wrong with the page."""
    asked = json.load(sys.stdin.buffer)
    try:
        made = typst.compile(
            asked["template"], format="pdf", sys_inputs={"data": asked["facts"]}, font_paths=asked["fonts"],
            ignore_system_fonts=True, pdf_standards="ua-1", timestamp=0,
        )  # fmt: skip
    except typst.TypstError as wrong:
        sys.stdout.buffer.write(str(wrong).encode())
        sys.exit(CANNOT)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
