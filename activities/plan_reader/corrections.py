"""A reading with what was corrected by hand, line by line: what the plan will be made of. Pure.

A choice is {"as": …} for one line: "item" with its "months" (and, where "by_hand", its "day" and
"week"), "month" with its "months" (the lines below follow), "heading", "text", "out", "join" (to the line above) or "split" (at its sentences).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from activities.plan_reader.numerals import split_marker
from activities.plan_reader.reading import (
    ItemReading,
    LineReading,
    PlanReading,
    Role,
    SectionReading,
)

SENTENCE = re.compile(r"(?<=[。；;！])(?![^（(]*[）)])")
ENDS = "。；; "
ITEMS = (Role.ITEM, Role.MONTH, Role.JOINED)
Choices = Mapping[str, dict]


@dataclass
class Corrected:
    """The parts of the plan, each item with the line that it begins on."""

    items: list[ItemReading] = field(default_factory=list)
    sections: list[SectionReading] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)
    lines: list[LineReading] = field(default_factory=list)  # as they are read now


def correct(reading: PlanReading, choices: Choices) -> Corrected:
    found, headed = Corrected(), {}
    taken = {
        at for at, line in enumerate(reading.lines) if line.role is Role.SAID and str(at) in choices
    }
    for at, line in enumerate(_without(line, taken) for line in reading.lines):
        choice = choices.get(str(at))
        if line.role is Role.MONTH and not choice:
            headed = {}
        if line.role is Role.MONTH and choice and choice["as"] == "month":
            headed = {line.months: tuple(choice["months"])}
        _add(found, at, _changed(found, at, _under(line, headed), choice))
    return found


def _without(line: LineReading, taken: set[int]) -> LineReading:
    """The line's items without what stands on lines that are read as something else now."""
    items = tuple(
        replace(item, said=tuple(words for words in item.said if words.line not in taken))
        for item in line.items
    )
    return replace(line, items=items) if taken else line


def _under(line: LineReading, headed: dict) -> LineReading:
    """The line in the months to which its heading was put."""
    months = headed.get(line.months) if line.months else None
    return _in_months(line, months) if months else line


def _in_months(line: LineReading, months: tuple[int, ...]) -> LineReading:
    items = tuple(replace(item, months=months) for item in line.items)
    return replace(line, months=months, items=items, doubt="")


def _changed(found: Corrected, at: int, line: LineReading, choice: dict | None) -> LineReading:
    if line.role is Role.JOINED:
        line = _apart(found, line) if choice else _following(found, line)
    if not choice:
        return line
    match choice["as"]:
        case "month":
            return line
        case "item":
            return _exactly(_as_item(at, line, tuple(choice["months"])), choice)
        case "split":
            return _split(line)
        case "join":
            return _joined(found, line)
        case "out":
            return _plain(line, Role.ASIDE, aside=(line.text,))
        case "text":
            return _plain(line, Role.TEXT)
    return _plain(line, Role.HEADING, body=split_marker(line.text)[1] or line.text)


def _apart(found: Corrected, line: LineReading) -> LineReading:
    """The line taken off the item that it had been joined to."""
    for part in (line.text, line.text.strip(ENDS)):
        last = found.items[-1] if found.items else None
        if last and last.text.endswith(part):
            found.items[-1] = replace(last, text=last.text.removesuffix(part).rstrip())
            break
    return line


def _following(found: Corrected, line: LineReading) -> LineReading:
    """A line joined to one that is no item any more goes where that one went."""
    above = found.lines[-1].role if found.lines else Role.TEXT
    if above in ITEMS:
        return line
    if above is Role.ASIDE:
        return _plain(line, Role.ASIDE, aside=(line.text,))
    return _plain(line, Role.TEXT)


def _plain(line: LineReading, role: Role, **changes) -> LineReading:
    blank = {"items": (), "months": (), "aside": (), "lead": "", "doubt": ""}
    return replace(line, role=role, **(blank | changes))


def _as_item(at: int, line: LineReading, months: tuple[int, ...]) -> LineReading:
    if line.items:
        role = Role.ITEM if line.role is Role.MONTH else line.role
        return replace(_in_months(line, months), role=role)
    body = split_marker(line.text)[1] or line.text
    item = ItemReading(months, body, at)
    return _plain(line, Role.ITEM, body=body, months=months, items=(item,))


def _exactly(line: LineReading, choice: dict) -> LineReading:
    """The line's items on the day or in the week that was set for them."""
    if not choice.get("by_hand"):
        return line
    set_to = {"day": choice.get("day"), "week": choice.get("week"), "by_hand": True}
    return replace(line, items=tuple(replace(item, **set_to) for item in line.items))


def _split(line: LineReading) -> LineReading:
    items = tuple(
        replace(item, text=part.strip(ENDS))
        for item in line.items
        for part in SENTENCE.split(item.text)
        if part.strip(ENDS)
    )
    return replace(line, items=items, doubt="")


def _joined(found: Corrected, line: LineReading) -> LineReading:
    """Put the line's words behind those of the line above."""
    above = found.lines[-1] if found.lines else None
    if not above or above.role not in ITEMS or not found.items:
        return _plain(line, Role.TEXT)
    last = found.items[-1]
    found.items[-1] = replace(last, text=last.text + line.text)
    return _plain(line, Role.JOINED)


def _add(found: Corrected, at: int, line: LineReading) -> None:
    found.lines.append(line)
    found.items += line.items
    found.unread += [(at, text) for text in line.aside]
    if line.role is Role.HEADING:
        found.sections.append(SectionReading(line.body, line.lead))
    elif line.role is Role.TEXT:
        open_section = found.sections.pop() if found.sections else SectionReading("", "")
        body = "\n".join(filter(None, (open_section.body, line.text)))
        found.sections.append(replace(open_section, body=body))
