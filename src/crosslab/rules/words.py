"""The mark for sentences that people read. It never translates: the door does, in the reader's language."""


def N_(sentence: str) -> str:
    """Mark a sentence for the catalogues and give it back unchanged."""
    return sentence
