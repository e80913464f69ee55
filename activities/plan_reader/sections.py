"""The plan's title, its top-level sections, and what stands behind its end."""

import re

from activities.plan_reader.grammar import OUTLINE, Kind, Node, is_dateline, is_signed, is_title
from activities.plan_reader.numerals import plain
from activities.plan_reader.reading import SectionReading

TITLE_LINES = 8  # a title stands among the first lines
LONG_TITLE = 45
LONG_HEADING = 60  # a longer heading has its text on the same line
LEAD = 15  # characters of a heading before a colon: 一、指导思想：以…
CONTINUED = re.compile(r"(?:教育)?工会(?:委员会)?(?:年度)?(?:工作)?(?:计划|要点|安排)$")


def find_title(nodes: list[Node]) -> tuple[str, int, int]:
    """The title, its first line and the first line behind it."""
    for at, node in enumerate(nodes[:TITLE_LINES]):
        month = node.label and not node.label.dated_year
        if node.marker or month or node.kind is Kind.FILLER:
            continue
        if is_title(plain(node.text)):
            before = nodes[at - 1] if at else None
            if before and CONTINUED.match(node.text) and _half_title(before):
                return before.text + node.text, at - 1, at + 1
            return node.text, at, at + 1
    first = nodes[0] if nodes else None
    if first and first.kind in (Kind.TEXT, Kind.PART) and len(first.text) <= LONG_TITLE:
        whole = first.text.endswith(("。", "；", "："))
        return ("", 0, 0) if whole else (first.text, 0, 1)
    return "", 0, 0


def _half_title(node: Node) -> bool:
    return node.kind in (Kind.TEXT, Kind.PART) and len(node.text) <= LONG_TITLE and not node.marker


def read_sections(
    nodes: list[Node], used: set[int], start: int, end: int
) -> tuple[list[SectionReading], dict[int, list[str]]]:
    """Sections with their text, and by line what belongs to none: site words, the signature."""
    rank = _top_rank(nodes[start:])
    sections, unread = [["", []]], {}
    close = find_end(nodes, end)
    for at in range(start, len(nodes)):
        node = nodes[at]
        if at in used:
            continue
        if at >= close or node.kind is Kind.FILLER:
            unread[at] = [node.text]
        elif _opens_section(node, rank):
            title, lead = split_heading(node)
            sections.append([title, [lead] if lead else []])
        elif node.kind is not Kind.TABLE_HEAD:
            sections[-1][1].append(node.text)
    read = [SectionReading(title, "\n".join(body)) for title, body in sections if title or body]
    return read, unread


def find_end(nodes: list[Node], arranged_to: int) -> int:
    """The first line behind the document: from its signature, or the next document's title, on."""
    for at in range(arranged_to or len(nodes) // 2, len(nodes)):
        node = nodes[at]
        signed = is_signed(nodes, at) or is_dateline(nodes, at)
        if signed or node.kind is Kind.SIGNATURE or (arranged_to and node.kind is Kind.PART):
            return at
    return len(nodes)


def _top_rank(nodes: list[Node]) -> str | None:
    styles = {node.marker.style for node in nodes if node.kind is Kind.SECTION and node.marker}
    return next((rank for rank in OUTLINE if rank in styles), None)


def _opens_section(node: Node, rank: str | None) -> bool:
    if node.kind is not Kind.SECTION:
        return False
    if node.marker and node.marker.style != "bullet":
        return node.marker.style == rank or (rank is None and node.marker.style == "arabic")
    return True


def split_heading(node: Node) -> tuple[str, str]:
    """The heading's title and the text that follows it on the same line."""
    flat = plain(node.body)
    colon = flat.find(":")
    if 0 < colon <= LEAD:
        return node.body[:colon].strip(), node.body[colon + 1 :].strip()
    stop = flat.find("。")
    if len(flat) > LONG_HEADING and 0 < stop < len(flat) - 1:
        return node.body[: stop + 1], node.body[stop + 1 :].strip()
    return node.body.strip(), ""
