"""What one month holds: the lines under its label, up to where the arrangement ends."""

import re
from dataclasses import dataclass, field, replace

from activities.plan_reader.cells import (
    NAME,
    STOPS,
    Draft,
    cells_behind,
    columns_behind,
    columns_of,
    columns_paired,
    drop_cells,
    said_behind,
)
from activities.plan_reader.columns import WEEK_COLUMNS, is_other_column
from activities.plan_reader.days import counts, day_ahead
from activities.plan_reader.grammar import (
    NUMBERED_TITLE,
    RECURRING,
    Kind,
    Node,
    is_dateline,
    is_page_number,
    is_signed,
)
from activities.plan_reader.labels import SPAN, Form, read_span, split_week, week_number
from activities.plan_reader.lines import LONGEST_LINE, is_torn_end
from activities.plan_reader.numerals import (
    Marker,
    next_number,
    number_parts,
    plain,
    split_numbered,
)
from activities.plan_reader.reading import ItemReading, Said

HANGING = tuple("，,、：:（(“《—-的和与及并对在为")
LISTING = re.compile(r"[；;](?![^（(]*[）)])|\s[/／]\s")  # not （地点：湖边；时间：下午）
THEME = re.compile(r"[^。；]{1,24}(?:月|周|主题)[”」』】)》]?$")
QUOTED = re.compile("“[^“”]{1,16}”")
NAMED_THEME = re.compile(r"的?(?:活动)?(?:主题|中心)(?:工作|活动)?\s*:")
ONE_IS, NEXT_IS = re.compile("一是"), re.compile("[；;。，,、\\s]*[二三四五六七八九]是")
LISTED = re.compile("(?:其中|具体|内容|主要|活动)?(?:包括|分别[是为]|如下|即)\\s*:|其中\\s*:")
ITS_MONTHS = re.compile(rf"\((?P<span>{SPAN})(?P<more>[^()]{{0,10}})\)[。；;]?$")
TIME = re.compile(r"(?:活动)?时\s*间\s*:\s*\S")
NOT_DONE = re.compile(
    r"[（(]?(?:[寒暑]\s*假|寒暑假|放\s*假|暂?无|略|待定)[)）]?[。；]?|[（(]开\s*学[)）]"
)
WEEKS = "周次"
PROSE = 60
LONGEST_THEME = 12
IN_BRACKETS = re.compile(r"^\([^()]*\)\s*")
CONTENT = re.compile(
    r"(?:(?:活动|工作|主要)?(?:内容|名称)|(?:活动|项目)[一二三四五六七八九十\d]{0,2})\s*:\s*(?=\S)"
)


@dataclass
class Block:
    months: tuple[int, ...]
    items: list[ItemReading] = field(default_factory=list)
    used: list[int] = field(default_factory=list)
    aside: list[Said] = field(default_factory=list)  # said, but no item
    strays: list[Said] = field(default_factory=list)  # items of the list without a month
    above: list[Said] = field(default_factory=list)  # 日期：3月8日, before the items it is said of
    openers: set[str] = field(default_factory=set)  # 主题, where it stands before each item
    week: int | None = None  # of the lines that follow
    turned: tuple[int, ...] = ()  # the months of a line of its own inside, and of those below it
    fresh: int = 0  # the first draft that what is said next belongs to
    counts: bool = False  # 3.1, 3.2 are numbers, not days
    closed: bool = False  # the drafts have been spoken of; the next one begins a row
    stop: int = 0  # the first line that isn't part of the block


@dataclass(frozen=True)
class Habit:
    """How the other months of the run are written, to see where the last one ends."""

    unnumbered: bool
    stopped: bool  # items end with a full stop or semicolon
    longest: int
    themed: bool = False  # 3月 · 悦己时光, numbered items below: in every month
    columns: tuple[str, ...] = ()  # of a table flattened cell under cell, from the month on
    behind: tuple[str, ...] = ()  # of them, those whose cells stand behind the item on its line


def read_habit(nodes: list[Node], run: list[int]) -> Habit:
    inside = [nodes[at] for at in range(run[0], run[-1]) if at not in run]
    lines = [
        node for node in inside if node.kind in (Kind.ITEM, Kind.TEXT, Kind.MONTH, Kind.SECTION)
    ]
    texts = [node.body for node in lines] + [nodes[at].label.rest for at in run[:-1]]
    texts = [text for text in texts if text]
    columns = columns_of(nodes[: run[0]]) or columns_paired(nodes, run)
    stopped = sum(text.endswith(STOPS) for text in texts) * 2 > len(texts)
    return Habit(
        unnumbered=any(not node.marker for node in lines),
        stopped=stopped,
        longest=max(map(len, texts), default=0),
        themed=len(run) > 2 and all(_is_themed(nodes, at) for at in run),
        columns=columns,
        behind=columns_behind(columns, inside, texts),
    )


def _is_themed(nodes: list[Node], at: int) -> bool:
    """Whether a few words stand beside the month, with its numbered items below."""
    said, month = IN_BRACKETS.sub("", plain(nodes[at].label.rest)), nodes[at]
    below = nodes[at + 1] if at + 1 < len(nodes) else None
    own = below and below.marker and (below.level, below.text[0]) != (month.level, month.text[0])
    return bool(own and 0 < len(said) <= LONGEST_THEME and not said.endswith(STOPS))


def read_block(nodes: list[Node], at: int, until: int, last: bool, habit: Habit) -> Block:
    label = nodes[at].label
    block = Block(label.months, used=[at], stop=until)
    block.counts = counts(nodes[at:until], label.months)
    drafts = []
    opening, rest = split_week(label.rest)
    block.week = week_number(opening)
    for words, marker in _inline(rest):
        text, said = _cells(at, words, habit)
        week = block.week or nodes[at].week
        drafts.append(Draft(text, marker, at, week, said=said))
    for here in range(at + 1, until):
        node = nodes[here]
        if _ends(nodes, at, here, last, habit, drafts):
            block.stop = here
            break
        block.used.append(here)
        _take(here, node, nodes[at], nodes[until] if not last else None, habit, drafts, block)
    _drop_theme(label, drafts, block, habit.themed)
    if not (block.aside or block.above):
        columns = [name for name in habit.columns if not (block.week and name in WEEK_COLUMNS)]
        drafts, block.aside = drop_cells(columns, drafts)
    block.aside += [Said(at, label.remark)] if label.remark else []
    if label.part:
        drafts = [replace(draft, said=[Said(at, label.part), *draft.said]) for draft in drafts]
    drafts = _split_lone(drafts, label, bool(habit.columns))
    block.aside += [Said(one.line, one.text) for one in drafts if NOT_DONE.fullmatch(one.text)]
    drafts = [one for one in drafts if not NOT_DONE.fullmatch(one.text)]
    block.items = [_item(draft, block) for draft in drafts if draft.text.strip(" ；;")]
    if not block.items or block.fresh == len(block.items):
        block.aside += block.above
    return block


def _item(draft: Draft, block: Block) -> ItemReading:
    text, own = draft.text.strip(" ；;"), draft.months or block.months
    named = ITS_MONTHS.search(plain(text)) if len(own) > 2 else None
    months = read_span(named["span"]) if named else ()
    if not months or not set(months) < set(own):
        return ItemReading(own, text, draft.line, draft.week, tuple(draft.said))
    text = text if named["more"] else text[: named.start()]
    return ItemReading(months, text, draft.line, draft.week, tuple(draft.said))


def _inline(rest: str) -> list[tuple[str, Marker | None]]:
    """The items on the label's own line: 三月份：庆祝三八 · 三月份 1、… 2、…"""
    if not rest:
        return []
    first = next_number(rest, "arabic", 1)
    if first and first.start() and next_number(rest[first.end() :], "arabic", 2):
        head, tail = rest[: first.start()], rest[first.start() :]
        return [(head, None), *split_numbered(tail.strip())]
    return split_numbered(rest)


def _ends(nodes, at: int, here: int, last: bool, habit: Habit, drafts: list[Draft]) -> bool:
    node = nodes[here]
    if last and 0 < node.heading <= nodes[at].heading:
        return True
    if node.kind in (Kind.LUNAR, Kind.NO_MONTH) or opens_recurring(nodes, here, nodes[at]):
        return True
    if node.kind is Kind.SECTION:
        return last or bool(node.marker or node.heading)
    if not last or _hangs(drafts, node):
        return False
    if is_page_number(node.text):
        return False
    if node.kind in (Kind.FILLER, Kind.SIGNATURE, Kind.CLOSING) or _is_next_document(nodes, here):
        return True
    if is_signed(nodes, here) or is_dateline(nodes, here):
        return True
    if not drafts and here == at + 1 and len(node.text) < PROSE:
        return False
    return node.kind is Kind.TEXT and not _torn(drafts, node, habit) and _is_prose(node, habit)


def opens_recurring(nodes: list[Node], here: int, label: Node) -> bool:
    """常规工作 as a heading beside the months, not as an item of one."""
    node = nodes[here]
    ranked = node.level == "plain" or node.level == label.level
    if node.kind is not Kind.RECURRING or not ranked:
        return False
    found = RECURRING.match(plain(node.body))
    below = nodes[here + 1] if here + 1 < len(nodes) else None
    lists = bool(below and below.kind is Kind.ITEM and below.marker.number <= 1 and not node.marker)
    return bool(found["plainly"] or found["set_off"] or node.heading or lists)


def _is_next_document(nodes: list[Node], here: int) -> bool:
    if nodes[here].kind is not Kind.PART:
        return False
    follows = any(
        node.kind in (Kind.SECTION, Kind.MONTH) or len(node.text) > PROSE
        for node in nodes[here + 1 : here + 4]
    )
    return follows or bool(NUMBERED_TITLE.search(plain(nodes[here].text)))


def _is_prose(node: Node, habit: Habit) -> bool:
    if not habit.unnumbered:
        return True
    longer = len(node.text) > max(PROSE, 2 * habit.longest)
    return longer or (
        not habit.stopped and node.text.endswith("。") and len(node.text) > PROSE // 2
    )


def _take(
    here: int, node: Node, label: Node, following: Node | None, habit: Habit, drafts, block: Block
) -> None:
    if node.kind is Kind.ATTRIBUTE or TIME.match(plain(node.text)):
        _take_said(Said(here, node.text), drafts, block)
    elif node.kind in (Kind.FILLER, Kind.SIGNATURE) or (
        node.kind is Kind.SECTION and (not drafts or node.text.endswith(("：", ":")))
    ):
        block.aside.append(Said(here, node.text))
    elif node.kind is Kind.WEEK:
        block.week = node.week
        block.above = [said for said in block.above if not said.text.startswith(WEEKS)]
    elif node.kind is Kind.MONTH and node.label.form is Form.BARE:
        block.turned = () if node.label.months == block.months else node.label.months
        block.fresh, block.closed = len(drafts), False
    elif _only_groups(node) or (node.text.isdigit() and not _is_sum(node, habit)):
        return
    elif _is_stray(node, label, following):
        block.strays.append(Said(here, node.text))
    elif _torn(drafts, node, habit):
        _take_torn(here, node, drafts)
    else:
        _take_items(here, node, habit, drafts, block)


def _is_sum(node: Node, habit: Habit) -> bool:
    """3000 in a table's column of money; smaller ones count the rows."""
    return len(node.text) > 2 and any(map(is_other_column, habit.columns))


def _take_torn(here: int, node: Node, drafts: list[Draft]) -> None:
    """The rest of a torn line; its numbering may go on: 走访 · 慰问；2、召开例会."""
    last = drafts[-1]
    (last.text, _), *others = number_parts(last.text + node.text, last.marker)
    drafts += [Draft(text, marker, here, last.week) for text, marker in others]


def _take_items(here: int, node: Node, habit: Habit, drafts: list[Draft], block: Block) -> None:
    if block.closed:
        block.fresh, block.closed = len(drafts), False
    if _is_month_inside(node, block):
        block.turned, numbered = node.label.months, node.label.rest
    else:
        numbered = node.text if node.marker and not node.week else node.body
    for words, marker in split_numbered(numbered):
        day, words = day_ahead(words, block.turned or block.months, block.counts)
        text, said = _cells(here, words[_named(words) :], habit)
        week, said = node.week or block.week, [Said(here, day)] * bool(day) + said
        drafts.append(Draft(text, marker, here, week, block.turned, [*block.above, *said]))


def _is_month_inside(node: Node, block: Block) -> bool:
    """9月：检查 between the lines of another month: its label counts, wherever it stands."""
    label = node.label if node.kind is Kind.MONTH else None
    return bool(label and label.form is Form.SET_OFF and label.months != block.months)


def _cells(at: int, words: str, habit: Habit) -> tuple[str, list[Said]]:
    text, said = said_behind(at, words)
    return (text, said) if said else cells_behind(at, words, habit.behind)


def _named(words: str) -> int:
    """Where the item begins in 活动内容：登山."""
    named = CONTENT.match(plain(words))
    return named.end() if named else 0


def _take_said(said: Said, drafts: list[Draft], block: Block) -> None:
    """负责人：张三 speaks of the items above it, 日期：3月8日 of those below."""
    head = plain(said.text).partition(":")[0]
    if head == WEEKS and block.week:
        block.openers.add(head)
        block.week = None
    if not drafts or head in block.openers:
        block.openers.add(head)
        block.above = [*(block.above if block.fresh == len(drafts) else ()), said]
        block.fresh, block.closed = len(drafts), False
        return
    for draft in drafts[block.fresh :]:
        draft.said.append(said)
    block.closed = True


def _only_groups(node: Node) -> bool:
    """第二学期 above the months themselves, or a table's head."""
    return node.kind in (Kind.TABLE_HEAD, Kind.GROUP)


def _is_stray(node: Node, label: Node, following: Node | None) -> bool:
    """ "3、…" between "2、四月份…" and "4、五月份…": of the list, but without a month."""
    if not (node.marker and label.marker and label.label.rest) or node.level != label.level:
        return False
    if node.level == "plain" or node.marker.number <= label.marker.number:
        return False
    return not (following and following.marker) or following.marker.number > node.marker.number


def _hangs(drafts: list[Draft], node: Node) -> bool:
    """Whether the item before the line plainly stops in the middle."""
    if not drafts or node.marker or node.heading or node.kind not in (Kind.TEXT, Kind.CLOSING):
        return False
    if len(drafts[-1].text) > LONGEST_LINE:
        return False
    before = drafts[-1].text
    return (
        bool(LISTED.match(plain(node.text)))
        or is_torn_end(node.text)
        or before.endswith(HANGING)
        or _unclosed(before)
    )


def _torn(drafts: list[Draft], node: Node, habit: Habit) -> bool:
    """Whether the line only continues the item before it, judged by how the others are written."""
    if _hangs(drafts, node):
        return True
    if not drafts or node.marker or node.kind is not Kind.TEXT or habit.columns:
        return False
    if drafts[-1].text.endswith(STOPS) or len(drafts[-1].text) > LONGEST_LINE:
        return False
    whole = node.text.endswith(STOPS) or habit.unnumbered
    return habit.stopped or (drafts[-1].marked and not whole)


def _unclosed(text: str) -> bool:
    return any(text.count(left) > text.count(right) for left, right in ("“”", "（）", "《》", "()"))


def _drop_theme(label, drafts: list[Draft], block: Block, themed: bool) -> None:
    """10月——敬老月: the theme of a month that lists its items below."""
    if len(drafts) > 1 and drafts[0].text in label.rest and (themed or not drafts[0].marked):
        flat = plain(drafts[0].text)
        quoted = QUOTED.fullmatch(flat) and all(draft.marked for draft in drafts[1:])
        theme = THEME.match(flat) or flat.endswith(":") or quoted
        set_off = label.form is Form.SET_OFF and theme
        if themed or set_off or NAMED_THEME.match(flat):
            theme = drafts.pop(0)
            block.aside.append(Said(theme.line, theme.text))


def _split_lone(drafts: list[Draft], label, table: bool) -> list[Draft]:
    """三月：庆祝三八节；慰问老教师。 — one unnumbered line that lists with semicolons, or 一是、二是.
    In a table it may stand beside other rows of its month."""
    if table and len(drafts) > 1 and not any(draft.marked for draft in drafts):
        return [one for draft in drafts for one in _split_lone([draft], label, table)]
    if len(drafts) != 1 or drafts[0].marked or (label.form is Form.DATED and not label.part):
        return drafts
    if ONE_IS.match(drafts[0].text):
        parts = NEXT_IS.split(ONE_IS.sub("", drafts[0].text))
    else:
        parts = LISTING.split(drafts[0].text)
        gaps = re.split(r"\s{2,}", drafts[0].text)
        named = any(len(part) < 2 or NAME.fullmatch(part) for part in gaps)
        parts = gaps if len(parts) == 1 and not named else parts
    return [replace(drafts[0], text=part) for part in parts]
