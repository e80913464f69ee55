"""Lines of Han text, composed here because WeasyPrint spreads a line only at its spaces."""

from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from unionoffice.documents.faces import Face
from unionoffice.documents.measures import (
    BODY_SIZE,
    CHARS_A_LINE,
    EVEN_TRACKING,
    LOOSEST_TRACKING,
    TRACKING,
)

NEVER_FIRST = frozenset("、，。；：？！）》〉】」』〕］｝”’…—～·％%‰℃,.;:?!)]}")
NEVER_LAST = frozenset("（《〈【「『〔［｛“‘([{")


@dataclass(frozen=True)
class Piece:
    """Text in one face."""

    face: Face
    text: str


@dataclass(frozen=True)
class Line:
    """`tracking`: points added to each sign, so that the line ends at the margin."""

    pieces: tuple[Piece, ...]
    tracking: float

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


class Sign(NamedTuple):
    face: Face
    char: str
    width: float


def compose(pieces: list[Piece], first: float, rest: float) -> list[Line]:
    """`first` and `rest`: room in points on the first line and on the others."""
    signs = [
        Sign(piece.face, char, piece.face.width(char) * BODY_SIZE)
        for piece in pieces
        for char in piece.text
    ]
    lines, start, room = [], 0, first
    while start < len(signs):
        end = _line_end(signs, start, room)
        lines.append(_line(signs[start:end], room, last=end == len(signs)))
        start, room = end, rest
    return lines


def _line_end(signs: list[Sign], start: int, room: float) -> int:
    """Where the line that begins at `start` parts: as late as it has room. Where half-width digits
    would let it hold more than 28 signs: as near to 28 as even spreading allows."""
    limit = _fitting(signs, start, room)
    if limit == len(signs):
        return limit
    ends = [end for end in range(start + 1, limit + 1) if _may_part(signs[end - 1], signs[end])]
    even = [end for end in ends if _spread(signs[start:end], room) <= EVEN_TRACKING]
    full = start + CHARS_A_LINE
    return min(even or ends[-1:] or [limit], key=lambda end: abs(end - full))


def _fitting(signs: list[Sign], start: int, room: float) -> int:
    end = start
    while end < len(signs) and (room := room - signs[end].width - TRACKING) >= 0:
        end += 1
    return max(end, start + 1)


def _may_part(left: Sign, right: Sign) -> bool:
    if right.char in NEVER_FIRST or left.char in NEVER_LAST:
        return False
    return not _holds_on(left.char, right.char)


def _holds_on(left: str, right: str) -> bool:
    """Numbers and Latin words stay whole, and a number keeps its unit."""
    if " " in (left, right):
        return False
    return left.isdecimal() or (left.isascii() and right.isascii())


def _line(signs: list[Sign], room: float, *, last: bool) -> Line:
    while signs[-1].char == " " and len(signs) > 1:
        signs = signs[:-1]
    pieces = tuple(
        Piece(face, "".join(sign.char for sign in run))
        for face, run in groupby(signs, key=lambda sign: sign.face)
    )
    return Line(pieces, TRACKING if last else _tracking(signs, room))


def _tracking(signs: list[Sign], room: float) -> float:
    spread = _spread(signs, room)
    return round(spread, 3) if spread <= LOOSEST_TRACKING else TRACKING


def _spread(signs: list[Sign], room: float) -> float:
    """Points between two signs that make the line as wide as its room."""
    return (room - sum(sign.width for sign in signs)) / max(1, len(signs) - 1)
