"""Items that name their month behind them: 春游（4月） · 春游——4月 · 春游, and 时间：4月 below."""

import re
from dataclasses import dataclass, replace

from activities.plan_reader.grammar import HEADED, OUTLINE, Kind, Node, classify
from activities.plan_reader.labels import DAY, OPEN, SPAN, YEAR, Form, Label, read_span
from activities.plan_reader.lines import Line
from activities.plan_reader.numerals import plain

EXACT = rf"(?P<exact>{DAY}[^()]{{0,12}}|\s*[上中下]旬|初|底|末)?"
TAIL = re.compile(
    rf"(?:\(|[-—–]{{1,3}}|(?P<named>[(。，,；;\s]\s*(?:活动)?时间\s*:)|\s\s)\s*{YEAR}?(?P<span>{SPAN})"
    rf"{EXACT}\s*(?:左右|前后|进行|举行|开展)?\)?[\s。；;,，.]{{0,3}}$"
)
TIME = re.compile(
    rf"(?:活动|开展|举办|举行|完成|计划|预定)?时\s*间(?:安排)?\s*:{OPEN}{YEAR}?(?P<span>{SPAN})"
)
ASIDE = re.compile(
    "(?:活动|参加|参与|具体|主要)?(?:内容|目的|意义|形式|方式|地点|对象|主题|要求|人员|组织|负责人?|责任人|经费)\\s*:"
)  # what stands between an item and its time
CONTENT = re.compile(r"(?:活动|工作|主要|项目)?(?:内容|名称|项目)\s*:\s*(?=\S)")
SOME = 3  # items and months that make a list of it
SHARE = 0.4  # of the lines of their rank must name a month
LONGEST_ITEM = 100  # characters
FARTHEST = 4  # lines from the item down to its time


def with_times(nodes: list[Node], start: int) -> list[Node]:
    """The lines with 时间：4月 taken for labels, where 内容：… or 名称：… stands below each of them."""
    times = [at for at in range(start, len(nodes)) if TIME.match(plain(nodes[at].body))]
    below = [CONTENT.match(plain(node.body)) for at in times for node in nodes[at + 1 : at + 2]]
    if not all(below) or len(below) != len(times) or (times and _is_named(nodes, times[0], start)):
        return nodes
    settled = list(nodes)
    for at, content in zip(times, below, strict=True):
        time = TIME.match(plain(nodes[at].body))
        label = Label(read_span(time["span"]), Form.BARE, "", remark=_beyond(nodes[at], time))
        settled[at] = replace(nodes[at], kind=Kind.MONTH, marker=None, label=label)
        settled[at + 1] = classify(Line(nodes[at + 1].body[content.end() :]))
    return settled


def _is_named(nodes: list[Node], at: int, start: int) -> bool:
    """Whether the item stands above its time, and not below."""
    owner = _owner(nodes, at, start)
    return owner is not None and nodes[owner].level not in OUTLINE[:2]


@dataclass(frozen=True)
class Dated:
    """One item with its own months; `lines` are what it was read from, the item's own first."""

    months: tuple[int, ...]
    text: str
    lines: tuple[int, ...]
    aside: str = ""  # a time that says more than the month


def find_dated(nodes: list[Node], start: int) -> list[Dated]:
    """The items that name their months themselves, if enough of the list does so."""
    found = [item for at in range(start, len(nodes)) if (item := _read(nodes, at, start))]
    months = {month for item in found for month in item.months}
    if len(found) < SOME or len(months) < SOME or _share(nodes, found) < SHARE:
        return []
    return found


def _read(nodes: list[Node], at: int, start: int) -> Dated | None:
    if time := TIME.match(plain(nodes[at].body)):
        return _read_time(nodes, at, start, time)
    body = nodes[at].body
    tail = TAIL.search(plain(body)) if _is_item(nodes[at]) else None
    if not tail or not tail.start():
        return None
    months, text = read_span(tail["span"]), body[: tail.start()].strip()
    if tail["exact"] and not tail["named"]:
        return Dated(months, body, (at,))
    return Dated(
        months, text, (at,), body[tail.start() :].strip("。，；;（ ") if tail["exact"] else ""
    )


def _read_time(nodes: list[Node], at: int, start: int, time: re.Match) -> Dated | None:
    owner = _owner(nodes, at, start)
    if owner is None:
        return None
    name = nodes[owner].body
    named = CONTENT.match(plain(name))
    text = name[named.end() :] if named else name
    return Dated(read_span(time["span"]), text, (owner, at), _beyond(nodes[at], time))


def _is_item(node: Node) -> bool:
    if node.kind not in (Kind.ITEM, Kind.TEXT, Kind.SECTION) or len(node.body) > LONGEST_ITEM:
        return False
    return not node.heading and not HEADED.match(re.sub(r"\(.*", "", plain(node.body)))


def _beyond(node: Node, time: re.Match) -> str:
    """The line if it says more of the time than the month."""
    return node.body if node.body[time.end() :].strip(" ）)。；;") else ""


def _owner(nodes: list[Node], at: int, start: int) -> int | None:
    """The line above that the time belongs to, past what else is said about it."""
    for above in range(at - 1, max(at - FARTHEST, start) - 1, -1):
        node = nodes[above]
        beside = ASIDE.match(plain(node.body)) or node.kind is Kind.ATTRIBUTE
        if not beside:
            own = not TIME.match(plain(node.body)) and (_is_item(node) or node.heading)
            return above if own else None
    return None


def _share(nodes: list[Node], found: list[Dated]) -> float:
    at = [item.lines[0] for item in found]
    levels = {nodes[i].level for i in at if nodes[i].marker} or {"plain"}
    between = nodes[at[0] : at[-1] + 1]
    alike = [node for node in between if node.level in levels and not _beside(node)]
    return len(found) / max(len(alike), 1)


def _beside(node: Node) -> bool:
    """Whether the line says something about an item: its time, its place."""
    flat = plain(node.body)
    return node.kind is Kind.ATTRIBUTE or bool(TIME.match(flat) or ASIDE.match(flat))
