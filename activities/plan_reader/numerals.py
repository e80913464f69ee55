"""Numbers as plans write them: leading numbering, and one numeral's value."""

import re
from dataclasses import dataclass

from unionoffice.numerals import DIGITS

# Same length before and after, so that positions found in the one hold in the other.
PLAIN = str.maketrans(
    "０１２３４５６７８９．－～（）：，／｜〇○［］ＡＢＣＤＥＦＧＨ❶❷❸❹❺❻❼❽❾❿",
    "0123456789.-~():,/|零零[]ABCDEFGH①②③④⑤⑥⑦⑧⑨⑩",
)
FESTIVAL = re.compile(
    r"(?:三\s*[、.·]\s*八|五\s*[、.·]\s*[一四]|[六七八十]\s*[、.·]\s*一)(?=[”\"’」』节国妇劳青儿建庆前期])"
)
NUMBER = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
HEADS_MONTH = r"(?=(?:20\d\d\s*年\s*)?(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九元])\s*月)"
STYLES = (
    ("decimal", rf"\d{{1,2}}(?:\.(\d{{1,2}})){{1,2}}\s+{HEADS_MONTH}"),
    ("part", rf"第({NUMBER}|\d{{1,2}})(?:部分|章|大项)\s*[、:.]?"),
    ("cjk", rf"({NUMBER})\s*[、.,](?!\s*[、.,])"),
    ("paren_cjk", rf"\(?\s*({NUMBER})\s*\)\s*[、.]?"),
    ("paren", r"\(\s*(\d{1,2})\s*\)\s*[、.]?"),
    ("half_paren", r"(\d{1,2})\s*\)"),
    (
        "arabic",
        r"(\d{1,2})\s*(?:[、,]\s*\.?|\.(?!\d)|\.(?=20\d\d(?:\s*[-—–~至]\s*20\d\d)?\s*(?:学年|年)|(?:1[0-2]|[1-9])\s*(?:[-—–~至、]\s*(?:1[0-2]|[1-9])\s*)?月)|\s{2,}(?=(?:1[0-2]|[1-9])\s*(?:[-—–~至、]\s*(?:1[0-2]|[1-9])\s*)?月)|\s+(?=[^\x00-\xff])(?![月年日号个名位周]))",
    ),
    ("circled", r"([①-⑳⑴-⒇⒈-⒛㈠-㈩])"),
    ("roman", r"([Ⅰ-Ⅻ])\s*[、.:]?"),
    ("letter", r"([A-Ha-h])\s*[、.)](?![A-Za-z\d.])"),
)
MARKERS = tuple((style, re.compile(pattern + r"\s*")) for style, pattern in STYLES)
PICTURES = "\U0001f300-\U0001faff"  # 🌸
SIGNS = rf"•·●◆■▲◇□◎※→Ø▶►▷▸▪▫◦√{PICTURES}\u2600-\u2775\u2794-\u27bf\u2b00-\u2bff\uf000-\uf0ff"
BULLET = re.compile(rf"(?:[-*+]\s+|[{SIGNS}]\s*)+")
BULLET_AGAIN = re.compile(r"\s*[•●◆■★✅✔▶]\s*")


@dataclass(frozen=True)
class Marker:
    style: str  # a name in STYLES, or "bullet"
    number: int


def plain(text: str) -> str:
    return text.translate(PLAIN)


def value(numeral: str) -> int:
    """12 for "12", "十二", "⑫", "Ⅻ" or "⒓"; 2 for "B"."""
    if numeral.isascii():
        return int(numeral) if numeral.isdigit() else ord(numeral.upper()) - ord("A") + 1
    for first in "①⑴⒈㈠Ⅰ":
        if 0 <= ord(numeral[0]) - ord(first) < 20:
            return ord(numeral[0]) - ord(first) + 1
    tens, ten, ones = numeral.rpartition("十")
    units = DIGITS.index(ones) if ones in DIGITS and ones else 0
    lead = DIGITS.index(tens[-1]) if tens and tens[-1] in DIGITS else 1
    return lead * 10 * bool(ten) + units


def split_marker(text: str) -> tuple[Marker | None, str]:
    """The numbering or bullet that opens the line, and the rest. "- 1、" counts as 1."""
    bullet = BULLET.match(text)
    rest = text[bullet.end() :] if bullet else text
    flat = plain(rest)
    if not FESTIVAL.match(flat):
        for style, pattern in MARKERS:
            if found := pattern.match(flat):
                return Marker(style, value(found[1])), rest[found.end() :].strip()
    return (Marker("bullet", 0) if bullet else None), rest.strip()


def split_numbered(text: str) -> list[tuple[str, Marker | None]]:
    """ "1、甲 2、乙" as its two items: numbers of one style that count up by one, or bullets."""
    marker, rest = split_marker(text)
    if marker and marker.style == "bullet":
        parts = [part for part in BULLET_AGAIN.split(rest) if part] or [rest]
        return [(part, marker) for part in parts]
    return number_parts(rest, marker)


def number_parts(text: str, marker: Marker | None) -> list[tuple[str, Marker | None]]:
    """The text behind that numbering, cut where its numbers go on."""
    parts = []
    while marker and marker.style in AGAIN:
        cut = next_number(text, marker.style, marker.number + 1)
        if not cut:
            break
        parts.append((text[: cut.start()].strip(), marker))
        text, marker = text[cut.end() :], Marker(marker.style, marker.number + 1)
    return [*parts, (text.strip(), marker)]


AGAIN = {
    "arabic": r"(?<![\d、.第至\-])\s*{0}\s*(?:、(?!\s*\d)|\.(?!\s*\d))\s*",
    "paren": r"\(\s*{0}\s*\)\s*[、.]?\s*",
    "half_paren": r"(?<![\d(])\s*{0}\s*\)\s*",
    "circled": r"{1}\s*",
    "roman": r"{1}\s*[、.:]?\s*",
    "letter": r"(?<![A-Za-z]){2}\s*[、.)]\s*",
}


def next_number(text: str, style: str, number: int) -> re.Match | None:
    """Where the text goes on with that number, or None."""
    if not 0 < number <= 20:
        return None
    circled = "".join(chr(ord(first) + number - 1) for first in "①⑴⒈Ⅰ")
    letter = chr(ord("A") + number - 1)
    return re.search(
        AGAIN[style].format(number, f"[{circled}]", f"[{letter}{letter.lower()}]"), plain(text)
    )
