"""The lock files: made from today's pyproject.toml, every package with a hash, no address anywhere."""

import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
MADE_FROM_PYPROJECT = ("requirements.lock", "requirements-run.lock")
UNHASHED = re.compile(r"(?m)^\S+==[^\\\n]*$")
ADDRESS = re.compile(r"(?m)^.*(?:://|--index|--find-links).*$")


def digest() -> str:
    """Names the dependencies that pyproject.toml asks for; each lock carries it as its first line."""
    asked = tomllib.loads((HOUSE / "pyproject.toml").read_text())
    project = asked["project"]
    facts = [project["requires-python"], project["dependencies"], asked["dependency-groups"]]
    return "made from " + hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def python_faults(name: str) -> list[str]:
    """A lock is made from today's pyproject.toml, has a hash for each package, and holds no address."""
    text = (HOUSE / name).read_text()
    said = [f"{name}: {line} has no hash." for line in UNHASHED.findall(text)]
    said += [f"{name} holds an address: {line}" for line in ADDRESS.findall(text)]
    if name in MADE_FROM_PYPROJECT and not text.startswith(f"# {digest()}\n"):
        said.append(f"{name} was not made from today's pyproject.toml: run tools/lock.sh.")
    return said


def npm_faults() -> list[str]:
    """Every npm package has its integrity hash, and none says where it came from."""
    packages = json.loads((HOUSE / "package-lock.json").read_text())["packages"]
    locked = {path: facts for path, facts in packages.items() if path}
    bare = [path for path, facts in locked.items() if "integrity" not in facts]
    placed = [path for path, facts in locked.items() if "resolved" in facts]
    said = [f"package-lock.json: {path} has no integrity." for path in bare]
    return said + [f"package-lock.json holds an address for {path}." for path in placed]


def faults() -> list[str]:
    """Says in a sentence each what is wrong with the lock files; nothing when all is well."""
    names = (*MADE_FROM_PYPROJECT, "tools/node.lock", "tools/build.lock")
    return [said for name in names for said in python_faults(name)] + npm_faults()


if __name__ == "__main__":
    if sys.argv[1:] == ["digest"]:
        print(digest())
    elif said := faults():
        sys.exit("\n".join(said))
    else:
        print("Lock files: in step with pyproject.toml, hashed, no addresses.")
