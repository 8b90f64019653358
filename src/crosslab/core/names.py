"""Short forms of names."""


def initials(name: str) -> str:
    """Two letters for a name: FL for Fjordlys AS, CR for Canal Row Library."""
    parts = [word for word in name.split() if word[:1].isalnum()]
    if len(parts) > 1 and parts[-1].lower() in {"as", "ltd", "gmbh", "cic", "ab", "oy", "aps", "ev", "e.v."}:
        parts = parts[:-1]
    return ("".join(part[0] for part in parts[:2]) if len(parts) > 1 else (parts or ["?"])[0][:2]).upper()
