"""Where signature and date stand when no seal is put on them (GB/T 9704-2012 §7.3.5.2)."""

from unionoffice.documents.faces import FANGSONG
from unionoffice.documents.measures import CHARS_A_LINE

FREE_CHARS = 2  # left free at the right of the longer of the two
SHIFT_CHARS = 2  # the date begins this far right of the signature


def places(signature: str, dated: str) -> tuple[float, float]:
    """Left edges of signature and date, in characters from the left margin."""
    edge = CHARS_A_LINE - FREE_CHARS
    name, day = FANGSONG.measure(signature), FANGSONG.measure(dated)
    start = max(0, edge - day - SHIFT_CHARS if day > name else edge - name)
    return start, start + SHIFT_CHARS
