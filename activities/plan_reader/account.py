"""What became of every line of the text, and where somebody should look twice."""

import re
from collections.abc import Iterator

from activities.plan_reader.arrangement import Arrangement
from activities.plan_reader.grammar import Kind, Node
from activities.plan_reader.labels import MONTH, Form, month_words, read_span
from activities.plan_reader.numerals import plain
from activities.plan_reader.reading import ItemReading, LineReading, Role

LONG_ITEM = 60  # characters: with several sentences in it, it may be several items
NAMED = re.compile(rf"(?<![\d个]){MONTH}月(?!饼)")
SENTENCES = re.compile(r"[。；;！](?=.)")


def account(
    found: Arrangement,
    title: range,
    headings: dict[int, tuple[str, str]],
    unread: dict[int, list[str]],
) -> Iterator[LineReading]:
    """A reading for each line, in order."""
    items: dict[int, list[ItemReading]] = {}
    for item in found.items:
        items.setdefault(item.line, []).append(item)
    said = {words.line for item in found.items for words in item.said}
    last: Role | None = None
    for at, node in enumerate(found.nodes):
        if at in title:
            role = Role.TITLE
        elif at in headings:
            role = Role.HEADING
        else:
            role = _role(found, at, items, said, unread, last)
        last = role
        yield _line(found, node, at, role, items.get(at, []), headings, unread)


def _role(found: Arrangement, at: int, items, said: set[int], unread, last: Role | None) -> Role:
    if at in found.labels:
        return Role.MONTH
    if at in items:
        return Role.ITEM
    if at in said:
        return Role.SAID
    if at in unread:
        return Role.ASIDE
    node = found.nodes[at]
    groups = (Kind.TABLE_HEAD, Kind.GROUP, Kind.WEEK, Kind.MONTH)
    if node.kind is Kind.TABLE_HEAD or (
        at in found.used and (node.kind in groups or node.text.isdigit())
    ):
        return Role.TABLE
    if at in found.used:
        return Role.JOINED if last in (Role.ITEM, Role.JOINED, Role.MONTH) else Role.TABLE
    return Role.TEXT


def _line(found: Arrangement, node: Node, at: int, role: Role, items, headings, unread):
    title, lead = headings.get(at, (node.body, ""))
    months = node.label.months if role is Role.MONTH else items[0].months if items else ()
    return LineReading(
        text=node.text,
        body=title,
        role=role,
        months=months,
        items=tuple(items),
        aside=tuple(unread.get(at, ())),
        lead=lead,
        doubt=_doubt(node, role, items),
    )


def _doubt(node: Node, role: Role, items: list[ItemReading]) -> str:
    """Why the reading of the line may be wrong; empty where it is plain."""
    if role is Role.MONTH and node.label.doubt:
        return f"“{node.label.doubt}”没有写明月份，按{month_words(node.label.months)}读入"
    if role is Role.JOINED:
        return "看着像上一行没写完，接了上去"
    for item in items:
        others = _other_months(item)
        if others and not (role is Role.MONTH and node.label.form is Form.BARE):
            return f"排在{month_words(item.months)}，话里又提到{others}"
        if len(item.text) > LONG_ITEM and SENTENCES.search(item.text):
            return "一项里有几句话，也许是几项"
    return ""


def _other_months(item: ItemReading) -> str:
    """The months that an item's words name beside its own."""
    found = dict.fromkeys(match[0] for match in NAMED.finditer(plain(item.text)))
    return "、".join(name for name in found if not set(read_span(name)) & set(item.months))
