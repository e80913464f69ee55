"""The text of a cell, as everything else in the reader takes it."""

import re
import unicodedata

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
# Full-width letters and digits become plain ones; full-width punctuation stays as it was typed.
HALF_WIDTH = {
    ord(wide): unicodedata.normalize("NFKC", wide)
    for wide in map(chr, range(0xFF10, 0xFF5B))
    if wide.isalnum()
}
SPACE_TO_DROP = re.compile(r"(?<![A-Za-z0-9,.;:]) | (?![A-Za-z0-9(])")
PLACEHOLDERS = frozenset(
    [
        "-",
        "--",
        "—",
        "——",
        "/",
        "//",
        "\\",
        "无",
        "暂无",
        "没有",
        "空",
        "不详",
        "不明",
        "未知",
        "未填",
        "待定",
        "待补",
        "略",
        "N/A",
        "NA",
        "n/a",
        "null",
        "NULL",
        "None",
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#NAME?",
    ]
)
# ="00123" is how a text file tells Excel to keep leading zeros: a literal, nothing computed.
LITERAL = re.compile(r'="([^"]*)"')
FORMULA_START = ("=", "+", "-", "@")


def is_blank(cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def shown(cell) -> str:
    """The cell as a person reads it: a number without .0, runs of white space as one blank."""
    if isinstance(cell, str):
        return " ".join(cell.translate(INVISIBLE).split())
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.10g}"
    return "" if cell is None else str(cell)


def plain(cell) -> str:
    """NFKC without any white space: for words that are looked up, never for what is stored."""
    return "".join(unicodedata.normalize("NFKC", shown(cell)).split())


def tidy(cell) -> str:
    """Text to store: blanks inside Chinese dropped, a placeholder such as “无” or “/” is nothing."""
    text = SPACE_TO_DROP.sub("", shown(cell).translate(HALF_WIDTH))
    return "" if text in PLACEHOLDERS else text


def is_formula_text(text: str) -> bool:
    return unicodedata.normalize("NFKC", text[:1]) in FORMULA_START


def literal(cell):
    """The text inside ="…"; any other cell as it is."""
    match = LITERAL.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return match[1] if match else cell
