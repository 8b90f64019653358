"""Where templates, catalogues, migrations and reference data lie: inside the wheel, or in the checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_PACKED = _PACKAGE / "_house"
HOME = _PACKED if _PACKED.is_dir() else _PACKAGE.parents[1]

TEMPLATES = HOME / "templates"
LOCALES = HOME / "locales"
ALEMBIC = HOME / "alembic"
STATIC = _PACKAGE / "web" / "static"
