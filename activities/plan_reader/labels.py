"""Labels that name months: 三月份 · 【3月】 · 元月至二月 · 7、8月 · 第一阶段（2—4月） · 第二季度."""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from activities.plan_reader.numerals import PICTURES, plain, value

MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]|十|[一二三四五六七八九元])"
PAIRS = ("一二", "二三", "三四", "四五", "五六", "六七", "七八", "八九", "九十")
TO = r"至|到|[-—–―~─]+"
AND = r"和|及|与|、|,|/|\.|&"
YEAR = r"(?:(?:\d{4}|20[xX*_×]{2}|[零一二三四五六七八九0]{4}|今|明|次|来|翌|当|第二)\s*年?(?<=年)度?\s*)"
PART = "(?:[上中下]{1,2}旬|[初中底末])"  # of a month
JOIN = rf"\s*(?:月\s*份?\s*{PART}?)?\s*(?:{TO}|{AND})\s*{YEAR}?"
SPAN = rf"(?:(?:{'|'.join(PAIRS)})|{MONTH}(?:{JOIN}{MONTH}){{0,5}})\s*两?\s*月\s*+(?:份|分(?=\s*(?:[:\])】]|$)))?+"
DAY = r"\s*(?:\d{1,2}\s*(?:日|号|[-—–~至、,]+\s*\d{1,2}\s*[日号])|初[一二三四五六七八九十]|十五|[一二三四五六七八九十廿]{1,3}[日号])"
THIRD = r"(?=\s*(?:[上中下]{1,2}旬|初(?![一-十])|底|末))"
OPEN = rf"[\s【\[(〔〖「『《<“\"*{PICTURES}]{{0,6}}(?:[A-Z][a-z]{{2,8}}\.?\s*[/|·]\s*)?"
CLOSE = rf"[\s】\])〕〗」』》>”\"*{PICTURES}]{{0,6}}"
CAPTION = r"(?:的?(?:主要|重点|具体|工会)*(?:工作|活动)?(?:安排|要点|重点|计划|内容|任务|日程)?(?:[有为是]|包括|如下)?)"
BREAK = r"(?:[:|]|[-—–―─]{1,4}|\s)+"

MONTHS = re.compile(
    rf"{OPEN}{YEAR}?(?P<span>{SPAN})(?!\s*(?:的|以[来前后]|内|前))(?P<close>{CLOSE})"
)
CAPTIONED = re.compile(rf"{CAPTION}\s*(?:{CLOSE}\s*:[\s:]*|{CLOSE}$)")
THEMED = re.compile(r"(?=(?:活动)?主题\s*:)")
REMARK = re.compile(
    r"\s*\((?!\s*(?:\d+|[一二三四五六七八九十]+)\s*\))(?P<said>[^()]{1,20})\)\s*(?::\s*|$)"
)
SET_OFF_PART = re.compile(rf"\s*{PART}\s*(?:[-—–―─|:]+|(?<=\s)|,|$)\s*")  # 上旬： before the text
DOTTED = re.compile(rf"{OPEN}20\d\d\s*[.\-/]\s*(?P<month>1[0-2]|0?[1-9]){CLOSE}(?::\s*|\s|$)(?!\d)")
WRITTEN_YEAR = re.compile(rf"{OPEN}(?:\d{{4}}|20[xX*_×]{{2}}|[零一二三四五六七八九0]{{4}})\s*年")
PHASE = re.compile(
    rf"(?:第.{{1,3}}(?:阶段|学段|季度)|[一二三四1-4]季度)[^:()]{{0,14}}?[:(]?[^:()]{{0,10}}?[:(]?\s*{YEAR}?(?P<span>{SPAN})\s*\)?\s*:?$"
)
DATED = re.compile(
    rf"{OPEN}{YEAR}?(?P<span>{MONTH}\s*月){DAY}(?:\s*(?:{TO})\s*(?:{YEAR}?(?P<last>{MONTH}\s*月){DAY}|\d{{1,2}}\s*[日号]))?(?P<close>{CLOSE})"
)
DIVIDED = re.compile(
    r"(?:之?前后?|左右|以前)?(?:\([^()]{1,12}\))?(?:[上下]午|晚上?|全天)?(?:\s*[:|,]\s*|\s*[-—–―─]{1,4}\s*|\s+)(?=\S)"
)
WEEK = re.compile(
    rf"{OPEN}第?\s*(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*(?:[-—–~至、]\s*\w{{1,3}}\s*)?周次?{CLOSE}(?:\([^()]{{0,30}}\)[\s:|—]*|[\s:|—]+|$)"
)
WEEK_DAYS = re.compile(
    rf"\(\s*(?:20\d\d\s*[./\-])?(?P<span>1[0-2]|0?[1-9])\s*[./]\s*\d{{1,2}}\s*(?:{TO})"
)
BARE_DAYS = re.compile(
    rf"(?P<span>1[0-2]|0?[1-9])[./]\d{{1,2}}\s*(?:{TO})\s*(?:(?:1[0-2]|0?[1-9])[./])?\d{{1,2}}(?:[\s:]+|$)"
)
SEASONS = {
    "一季度": (1, 2, 3),
    "二季度": (4, 5, 6),
    "三季度": (7, 8, 9),
    "四季度": (10, 11, 12),
    "上半年": (1, 2, 3, 4, 5, 6),
    "下半年": (7, 8, 9, 10, 11, 12),
    "寒假": (1, 2),
    "暑假": (7, 8),
    "暑期": (7, 8),
}
QUARTERS = str.maketrans("1234", "一二三四")
HOLIDAYS = {"寒假", "暑假", "暑期"}
SEASON = re.compile(
    rf"{OPEN}(?P<season>第?[一二三四1-4]季度|[上下]半年|寒假|暑[假期])(?:期间)?{CLOSE}{CAPTION}\s*(?::\s*|$)"
)
NUMERAL = r"(?:\d{1,3}|[零一二三四五六七八九十元]{1,3})"
ANY_MONTHS = re.compile(
    rf"{OPEN}{YEAR}?(?P<span>(?<!\d){NUMERAL}(?:{JOIN}{NUMERAL}){{0,3}})\s*月\s*份?(?:{CLOSE}(?:[:|、]|[-—–―─]{{1,4}}|$)|\s|[】\])〕〗]|\d{{1,2}}\s*[日号])"
)
IMPOSSIBLE = re.compile(
    r"(?:(?<![\d十])(?:0+|1[3-9]|[2-9]\d|\d{3})(?!\d)|(?<![一二三四五六七八九])十[三四五六七八九]|[二三四五六七八九]十[一二三四五六七八九]?|零)"
)
LUNAR = re.compile(rf"{OPEN}(?:正|腊|冬)月份?{CLOSE}\s*(?::|$)")


class Form(Enum):
    BARE = auto()  # the label is the whole line
    SET_OFF = auto()  # a colon, dash, space or bracket divides the label from the text
    GLUED = auto()  # 三月份组织…, 六月份，举办…: may just as well be prose
    DATED = auto()  # 3月8日举行…: the text keeps its date


@dataclass(frozen=True)
class Label:
    months: tuple[int, ...]
    form: Form
    rest: str  # what the line says after the label
    dated_year: bool = False
    doubt: str = ""  # the word, where the months are only customary
    remark: str = ""  # said beside the months: the theme in 三月（女工活动月）
    part: str = ""  # 时间：3月上旬, said of the item behind it


def read_span(span: str) -> tuple[int, ...]:
    """The months named by text that SPAN matched: (7, 8) for 七至八月, 7、8月, 七八月."""
    compact = re.sub(r"\s|月|份|两", "", plain(span))
    if compact in PAIRS:
        return value(compact[0]), value(compact[1])
    months, last_end = [], 0
    for found in re.finditer(MONTH, re.sub(YEAR, "", compact)):
        month = value(found[0].replace("元", "一"))
        between = re.sub(YEAR, "", compact)[last_end : found.start()]
        if months and re.search(TO, between):
            months += months_between(months[-1], month)
        months.append(month)
        last_end = found.end()
    return tuple(dict.fromkeys(months))


def months_between(first: int, last: int) -> list[int]:
    """The months after `first` and before `last`, past December if need be."""
    return [(first + step - 1) % 12 + 1 for step in range(1, (last - first) % 12)]


def read_label(text: str) -> Label | None:
    """The months that the start of the line names, or None."""
    flat = plain(text)
    return _phase(text, flat) or _season(text, flat) or _dotted(text, flat) or _month(text, flat)


def read_dated(text: str) -> Label | None:
    """3月8日…: only for lists that are arranged by dates and nothing else."""
    flat = plain(text)
    found = DATED.match(flat)
    if not found:
        return None
    months = read_span(f"{found['span']}至{found['last']}" if found["last"] else found["span"])
    if divided := DIVIDED.match(flat, found.start("close")):
        day = text[: divided.end()].strip(" \t　，,:：|-—–―─")
        return Label(months, Form.DATED, text[divided.end() :].strip(), part=f"日期：{day}")
    rest = text[found.end() :].strip(" \t　:：")
    return Label(months, Form.DATED, text if rest else "")


def split_week(text: str) -> tuple[str, str]:
    """The set-off week that opens the line (第3周（9月1日—5日）：…) or "", and what follows."""
    found = WEEK.match(plain(text))
    return (text[: found.end()], text[found.end() :].strip()) if found else ("", text)


def week_date(week: str, rest: str) -> Label | None:
    """The month in which a week begins: 第1周（2.17—2.21）, 第3周（9月1日—5日）."""
    flat = plain(week)
    if found := DATED.search(flat) or WEEK_DAYS.search(flat):
        return Label(read_span(found["span"]), Form.SET_OFF, rest)
    return _dates_behind(rest)


def _dates_behind(rest: str) -> Label | None:
    """第1周 2月19日-2月25日 例会: the week's days between its number and what is done."""
    flat = plain(rest)
    if found := BARE_DAYS.match(flat):
        part = f"日期：{rest[: found.end()].strip()}"
        return Label(
            read_span(found["span"] + "月"), Form.SET_OFF, rest[found.end() :].strip(), part=part
        )
    dated = read_dated(rest)
    return replace(dated, months=dated.months[:1], form=Form.SET_OFF) if dated else None


def week_number(week: str) -> int | None:
    """3 for 第三周（9月15日—19日）; none for 第3—4周."""
    found = re.match(rf"{OPEN}第?\s*(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*周", plain(week))
    return value(found[1]) if found and 0 < value(found[1]) <= 30 else None


def is_lunar(text: str) -> bool:
    return bool(LUNAR.match(plain(text)))


def impossible_months(flat: str) -> list[str]:
    """十三 for 十三月：…, 0 for 0月 alone: the months at the line's start that no year has."""
    found = ANY_MONTHS.match(flat)
    return IMPOSSIBLE.findall(found["span"]) if found else []


def month_words(months: tuple[int, ...]) -> str:
    return "、".join(str(month) for month in months) + "月"


def _phase(text: str, flat: str) -> Label | None:
    found = PHASE.match(flat)
    return Label(read_span(found["span"]), Form.BARE, "", remark=text) if found else None


def _season(text: str, flat: str) -> Label | None:
    found = SEASON.match(flat)
    if not found:
        return None
    rest = text[found.end() :].strip()
    word = found["season"].removeprefix("第").translate(QUARTERS)
    form = Form.SET_OFF if rest else Form.BARE
    return Label(SEASONS[word], form, rest, doubt=word if word in HOLIDAYS else "")


def _dotted(text: str, flat: str) -> Label | None:
    """2026.3, alone or before what is done in that month."""
    found = DOTTED.match(flat)
    if not found:
        return None
    rest = text[found.end() :].strip()
    return Label((value(found["month"]),), Form.SET_OFF if rest else Form.BARE, rest, True)


def _closed(found: re.Match, flat: str) -> int:
    """Where the label ends: a straight quote that it did not open begins the text behind it."""
    quote = found["close"].find('"')
    mine = quote < 0 or '"' in flat[: found.start("span")]
    return found.end() if mine else found.start("close") + quote


def _month(text: str, flat: str) -> Label | None:
    found = MONTHS.match(flat)
    if not found or re.match(DAY, flat[found.end("span") :]):
        return None
    end = _closed(found, flat)
    rest, tail = text[end:], flat[end:]
    months, dated_year = read_span(found["span"]), bool(WRITTEN_YEAR.match(flat))
    if re.match(THIRD, tail):
        if part := SET_OFF_PART.match(tail):
            said = text[found.start("span") : end + part.end()].strip(" \t　，,:：|-—–―─")
            rest, glued = rest[part.end() :].strip(), part[0].rstrip().endswith((",", "，"))
            form = Form.GLUED if glued else Form.SET_OFF if rest else Form.BARE
            return Label(months, form, rest, dated_year, part=f"时间：{said}")
        said = rest if "旬" in tail[:4] else text[found.start("span") :]  # 底 alone says nothing
        return Label(months, Form.GLUED, said.strip(), dated_year)
    remark = REMARK.match(tail)
    cut = remark or CAPTIONED.match(tail) or re.match(BREAK, tail) or THEMED.match(tail)
    divided = bool(cut or end > found.start("close") or found["span"][-1].isspace())
    rest = rest[cut.end() if cut else 0 :].strip().lstrip("，,、；;。 ")
    form = Form.BARE if not rest else Form.SET_OFF if divided else Form.GLUED
    return Label(months, form, rest, dated_year, remark=remark["said"] if remark else "")
