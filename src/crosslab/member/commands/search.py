"""Search in what you may open, on this machine alone: the words that are looked for go nowhere."""

import unicodedata
from argparse import ArgumentParser
from io import BytesIO

from crosslab.ip_vault.client.spooling import Measure, open_file
from crosslab.ip_vault.manifest import File
from crosslab.member import finding
from crosslab.member.desk import Command, Desk
from crosslab.member.opening import Opened, fetched, newest, sizes
from crosslab.member.stops import Code, Stop
from crosslab.member.vault import Vault

MOST_BYTES = 256 * 1024
"""How large a text file may be that is looked into."""
ENDINGS = (
    ".txt",
    ".md",
    ".csv",
    ".tsv",
    ".json",
    ".xml",
    ".html",
    ".svg",
    ".yaml",
    ".yml",
    ".toml",
    ".log",
    ".tex",
)


def _takes(parser: ArgumentParser) -> None:
    parser.add_argument("words", nargs="+", help="all of them must be in it somewhere")
    parser.add_argument("--in", dest="place", default="")
    parser.add_argument("--inside", action="store_true", help="look into text files too, up to 256 KiB each")


def search(desk: Desk) -> None:
    """Contributions you can open that hold all of the words: in title, description, file names, or inside."""
    vault = desk.open()
    consortium = vault.state.consortia[finding.consortium(vault, desk.args.place)]
    words = _folded(" ".join(desk.args.words)).split()
    rows = []
    for each in consortium.contributions:
        opened = _opened(vault, each)
        texts = _texts(vault, opened, inside=desk.args.inside) if opened else {}
        if opened and all(any(word in text for text in texts.values()) for word in words):
            where = [at for at, text in texts.items() if any(word in text for word in words)]
            rows.append((opened.manifest.title, ", ".join(where), each[:12]))
    nothing = "Nothing that you can open here holds all of these words."
    desk.show.table("found", ("Title", "Where", "Id"), rows, nothing)


def _opened(vault: Vault, id: str) -> Opened | None:
    try:
        return newest(vault, vault.state.contributions[id])
    except Stop as stop:
        if stop.code not in {Code.REFUSED, Code.NOTHING}:
            raise
        return None


def _texts(vault: Vault, opened: Opened, *, inside: bool) -> dict[str, str]:
    """Where words may stand, by the name of the place. What is in a file never touches the disk unsealed."""
    manifest = opened.manifest
    found = {"title": _folded(manifest.title), "description": _folded(manifest.description)}
    found |= {f"file name {each.name}": _folded(each.name) for each in manifest.files}
    if inside:
        found |= {each.name: _folded(_read(vault, opened, each)) for each in manifest.files if _is_text(each)}
    return found


def _is_text(file: File) -> bool:
    is_text = file.type.startswith("text/") or file.name.lower().endswith(ENDINGS)
    return is_text and file.size <= MOST_BYTES


def _read(vault: Vault, opened: Opened, file: File) -> str:
    said = Measure(sizes(vault, opened.version)[file.blob], file.blob)
    part, plain = fetched(vault, said, lambda _: None), BytesIO()
    with part.open("rb") as sealed:
        open_file(sealed, plain, opened.key, said, Measure(file.size, file.sha256))
    part.unlink()
    return plain.getvalue().decode("utf-8", "replace")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


COMMANDS = (Command("search", search, _takes),)
