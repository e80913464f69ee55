"""Reads a union's yearly work plan as people write it: title, period, sections, month arrangement.

lines (cleaning, joining) -> grammar (what kind of line) -> runs and blocks (the arrangement), or
behind (items that name their own month) -> sections and period -> account (what became of every
line), which corrections (by hand, line by line) may change. Nothing is dropped in silence:
`unread` lists what has no place, and `warnings` says in Chinese what was doubtful.
"""

from activities.plan_reader.account import account
from activities.plan_reader.arrangement import arrange
from activities.plan_reader.grammar import read_nodes
from activities.plan_reader.lines import Line, read_lines
from activities.plan_reader.period import read_period
from activities.plan_reader.reading import (
    ItemReading,
    LineReading,
    MonthReading,
    PeriodReading,
    PlanReading,
    Role,
    SectionReading,
)
from activities.plan_reader.sections import find_title, read_sections
from activities.plan_reader.source import plan_text

__all__ = [
    "ItemReading",
    "LineReading",
    "MonthReading",
    "PeriodReading",
    "PlanReading",
    "Role",
    "SectionReading",
    "plan_text",
    "read_plan",
]


def read_plan(text: str) -> PlanReading:
    """Line by line; and where that finds no months, sentence by sentence."""
    lines = read_lines(text)
    reading = _read(lines)
    opened = lines if reading.months else read_lines(text, sentences=True)
    if opened == lines:
        return reading
    by_sentence = _read(opened)
    return by_sentence if by_sentence.months else reading


def _read(lines: list[Line]) -> PlanReading:
    nodes = read_nodes(lines)
    title, first, start = find_title(nodes)
    found = arrange(nodes, title, start)
    sections, outside, headings = read_sections(found.nodes, found.used, start, found.end)
    period, doubts = read_period(title, [node.text for node in nodes[start:]], found.months)
    above = {at: [node.text] for at, node in enumerate(nodes[:first])}
    unread = above | found.unread | outside
    return PlanReading(
        title=title,
        period=period,
        months=tuple(found.months),
        sections=tuple(sections),
        unread=tuple(text for at in sorted(unread) for text in unread[at]),
        warnings=tuple(dict.fromkeys([*found.warnings, *doubts])),
        lines=tuple(account(found, range(first, start), headings, unread)),
    )
