"""From the raw text to whole lines: cleaned, table rows opened, torn sentences mended."""

import html
import re
from dataclasses import dataclass

from activities.plan_reader.labels import impossible_months, read_label
from activities.plan_reader.numerals import plain, split_marker
from activities.plan_reader.tables import open_tables

INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f]")
LINE_BREAK = re.compile(r"<br\s*/?>", re.I)
TAG = re.compile(
    r"</?(?:p|div|td|tr|th|table|tbody|span|strong|b|li|ul|ol|h\d|a|img)\b[^<>]*>", re.I
)
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~>])")
EMPHASIS = re.compile(r"\*\*+")
HEADING = re.compile(r"(#{1,6})\s*(.*)")
RULE = re.compile(r"[-=_*—·.＝＿～~#\s]{3,}")
QUOTES = (("“", "”"), ("《", "》"), ("「", "」"), ("『", "』"))
ENDED = tuple("。！？；…!?;：:")
QUOTATION = 8  # characters of a quotation behind the break, where straight quotes tell no ends
LONG = 30  # characters: a line this long that ends in mid-sentence was torn
A_MONTH = r"[【(（]?(?:1[0-2]|[1-9]|十[一二]|十|[一二三四五六七八九元])月份?[】)）]?"
SOME_MONTHS = r"[一二三四五六七八九十]{1,2}\s*[、至和到—-]\s*[一二三四五六七八九十]{1,2}月份?"
LABELLED = rf"(?:\d{{1,2}}[、.．]\s*{A_MONTH}|(?:{A_MONTH}|{SOME_MONTHS})\s*(?:[:：]|1\s*[、.．]|[(（]1[)）]|①))"
RUN_ON = re.compile(rf"(?<=[。；;：:\s])(?={LABELLED})")
MONTH_SENTENCE = re.compile(
    rf"(?:(?<=[。；;：:])|(?<=^首先，))\s*(?={A_MONTH}(?:[上中下]旬)?[，,])"
)
MONTH_CLAUSE = re.compile(rf"(?<=[；;：:])\s*(?={A_MONTH}(?![\s\d]))")  # 上半年：2月例会；3月联欢
FEWEST_SENTENCES = 3
SPREAD = re.compile(
    r"(?<!\S)(?:[\u4e00-\u9fff\d、] ){2,}[\u4e00-\u9fff](?=\s|[（(：:]|$)"
)  # 十 二 月 份
PADDING = re.compile(r"[^\S\t\n]{4,}")
IN_MONTH = re.compile(
    rf"^\s*(?:[\d一二三四五六七八九十]{{1,2}}\s*[、至—-]+)?{A_MONTH}\s.*"
)  # 三月　植树　登高: full-width gaps divide items
LONGEST_LINE = 2000  # characters: what is longer is neither a heading nor an item, nor mended
NO_CHARACTER = re.compile("&#[xX]?[0-9a-fA-F]{12,}")  # html.unescape stops at such numbers


@dataclass(frozen=True)
class Line:
    text: str
    heading: int = 0  # how many # a Markdown heading carries


def read_lines(text: str, sentences: bool = False) -> list[Line]:
    """The lines of the text; with `sentences`, "三月，…。四月，…。" in a paragraph opened too."""
    rows = [clean(row) for row in re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", text)]
    rows = [part for row in open_tables(rows) for part in open_run_on(row)]
    if sentences:
        rows = [part for row in rows for part in open_sentences(row)]
    lines = [_line(row) for row in rows if row and not RULE.fullmatch(row)]
    return mend(lines)


def clean(row: str) -> str:
    row = INVISIBLE.sub("", html.unescape(NO_CHARACTER.sub("", row))).replace("\xa0", " ")
    row = LINE_BREAK.sub("\n", row)
    row = TAG.sub(lambda tag: "\t" if tag[0].lower().startswith("</t") else " ", row)
    row = IN_MONTH.sub(lambda gaps: gaps[0].replace("\u3000", "  "), row)
    row = EMPHASIS.sub("", PADDING.sub("   ", row))
    row = SPREAD.sub(lambda spread: spread[0].replace(" ", ""), row.replace("\u3000", " "))
    text = ESCAPED.sub(r"\1", row).strip().removeprefix("> ")
    empty = row[: len(row) - len(row.lstrip())].count("\t") if "\t" in text else 0
    return "\t" * empty + text  # the empty cells before the first one


def open_run_on(row: str) -> list[str]:
    """ "三月：…。四月：…。五月：…。" in one paragraph, as a line for each month."""
    parts = [part.strip() for part in RUN_ON.split(row)]
    return parts if sum(bool(re.match(LABELLED, part)) for part in parts) > 1 else [row]


def open_sentences(row: str) -> list[str]:
    """首先，三月上旬，…。四月，…。 as a line for each month, if at least three of them begin so."""
    parts = [part.strip() for part in MONTH_SENTENCE.split(row)]
    clauses = [part.strip() for part in MONTH_CLAUSE.split(row)]
    return next((cut for cut in (parts, clauses) if len(cut) > FEWEST_SENTENCES), [row])


def _line(row: str) -> Line:
    if found := HEADING.match(row):
        return Line(found[2].strip(" #"), len(found[1]))
    return Line(row)


def mend(lines: list[Line]) -> list[Line]:
    """Join what a web page broke: inside a quotation, or a long sentence in the middle."""
    mended: list[Line] = []
    for line in lines:
        if not line.text:
            continue
        if mended and _torn(mended[-1], line):
            mended[-1] = Line(mended[-1].text + line.text, mended[-1].heading)
        else:
            mended.append(line)
    return mended


def _torn(before: Line, line: Line) -> bool:
    if len(before.text) > LONGEST_LINE:
        return False
    return _quote_torn(before.text, line) or _sentence_torn(before, line)


def _quote_torn(before: str, line: Line) -> bool:
    for left, right in QUOTES:
        open_now = before.rfind(left) > before.rfind(right)
        closes = line.text.find(right)
        if open_now and closes >= 0 and left not in line.text[:closes]:
            return True
    closes = line.text.find('"')
    near = 0 <= closes <= QUOTATION or (closes >= 0 and before.endswith('"'))
    return near and before.count('"') % 2 == 1 == line.text.count('"') % 2


def _sentence_torn(before: Line, line: Line) -> bool:
    if before.heading or line.heading or is_opening(line.text):
        return False
    unfinished = len(before.text) >= LONG and not before.text.endswith((*ENDED, "”", "）", ")"))
    return unfinished and ("，" in before.text or "," in before.text) and line.text.endswith(ENDED)


def is_opening(text: str) -> bool:
    """Whether the line shows by its first signs that it starts something of its own."""
    return bool(split_marker(text)[0] or read_label(text) or impossible_months(plain(text)))


def is_torn_end(text: str) -> bool:
    """Whether a line begins with a sign that can only follow other words."""
    return plain(text)[:1] in tuple(",、。;)》”』」】!?")
