"""The plan's title, its top-level sections, and what stands behind its end."""

import re
from itertools import takewhile

from activities.plan_reader.grammar import OUTLINE, Kind, Node, is_dateline, is_signed, is_title
from activities.plan_reader.numerals import plain
from activities.plan_reader.period import YEAR
from activities.plan_reader.reading import SectionReading

TITLE_LINES = 8  # a title stands among the first lines
SEARCHED = 30  # of them may be a web site's
LONG_TITLE = 45
LONG_HEADING = 60  # a longer heading has its text on the same line
LEAD = 15  # characters of a heading before a colon: 一、指导思想：以…
CONTINUED = re.compile(r"(?:教育)?工会(?:委员会)?(?:年度)?(?:工作)?(?:计划|要点|安排)$")


def find_title(nodes: list[Node]) -> tuple[str, int, int]:
    """The title, its first line and the first line behind it."""
    titles = _titles(nodes)
    if titles:
        at = _own_title(nodes, titles)
        before = nodes[at - 1] if at else None
        if before and CONTINUED.match(nodes[at].text) and _half_title(before):
            return before.text + nodes[at].text, at - 1, at + 1
        return nodes[at].text, at, at + 1
    at = next((at for at, node in enumerate(nodes) if node.kind is not Kind.FILLER), 0)
    first = nodes[at] if nodes else None
    if first and first.kind in (Kind.TEXT, Kind.PART) and len(first.text) <= LONG_TITLE:
        whole = first.text.endswith(("。", "；", "："))
        return ("", 0, 0) if whole else (first.text, at, at + 1)
    return "", 0, 0


def _titles(nodes: list[Node]) -> list[int]:
    """The lines among the first that could be the title; what a web site adds is not counted."""
    own = [at for at, node in enumerate(nodes[:SEARCHED]) if node.kind is not Kind.FILLER]
    above = takewhile(lambda at: nodes[at].kind is not Kind.TABLE_HEAD, own[:TITLE_LINES])
    return [at for at in above if _could_be_title(nodes[at])]


def _could_be_title(node: Node) -> bool:
    month = node.label and not node.label.dated_year
    return not node.marker and not month and is_title(plain(node.text))


def _own_title(nodes: list[Node], titles: list[int]) -> int:
    """The first; but above the site's words stands only the name of the page or its column."""
    chosen = titles[0]
    for at in titles[1:]:
        between = nodes[chosen + 1 : at]
        if _site_only(between) or (not between and _says_more(nodes[at], nodes[chosen])):
            chosen = at
    return chosen


def _site_only(nodes: list[Node]) -> bool:
    """Words of the site, with nothing between them that begins a document."""
    kinds = {node.kind for node in nodes}
    short = all(len(n.text) <= LONG_TITLE and not n.text.endswith(("。", "：", ":")) for n in nodes)
    return short and Kind.FILLER in kinds <= {
        Kind.FILLER,
        Kind.TEXT,
        Kind.ATTRIBUTE,
        Kind.SIGNATURE,
    }


def _says_more(node: Node, above: Node) -> bool:
    """学校工会计划 right above 实验小学2026年工会工作计划 is the column that it was put in."""
    return not re.search(YEAR, plain(above.text)) and bool(re.search(YEAR, plain(node.text)))


def _half_title(node: Node) -> bool:
    return node.kind in (Kind.TEXT, Kind.PART) and len(node.text) <= LONG_TITLE and not node.marker


def read_sections(
    nodes: list[Node], used: set[int], start: int, end: int
) -> tuple[list[SectionReading], dict[int, list[str]], dict[int, tuple[str, str]]]:
    """Sections with their text; by line what belongs to none (site words, the signature); and by
    line the headings with the text behind them."""
    rank = _top_rank(nodes[start:])
    sections, unread, headings = [["", []]], {}, {}
    close = find_end(nodes, end)
    for at in range(start, len(nodes)):
        node = nodes[at]
        if at in used:
            continue
        if at >= close or node.kind is Kind.FILLER:
            unread[at] = [node.text]
        elif _opens_section(node, rank):
            headings[at] = title, lead = split_heading(node)
            sections.append([title, [lead] if lead else []])
        elif node.kind is not Kind.TABLE_HEAD:
            sections[-1][1].append(node.text)
    read = [SectionReading(title, "\n".join(body)) for title, body in sections if title or body]
    return read, unread, headings


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
