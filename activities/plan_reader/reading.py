"""What the reader hands back: plain values, no database."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class PeriodReading:
    kind: str  # a value of unionoffice.periods.PeriodKind, never "free"
    start: str | None  # "YYYY-MM", None when the text names no year
    end: str | None

    def as_json(self) -> dict:
        return {"kind": self.kind, "start": self.start, "end": self.end}


@dataclass(frozen=True)
class Said:
    """Words that stand on a line and are no item: 负责人：张三, a theme, a signature."""

    line: int
    text: str


@dataclass(frozen=True)
class ItemReading:
    months: tuple[int, ...]
    text: str
    line: int  # where it begins
    week: int | None = None  # of the school term
    said: tuple[Said, ...] = ()  # what lines of their own say about it
    day: int | None = None  # of its first month, set by hand; so is `week` then
    by_hand: bool = False  # day and week are as somebody set them, whatever the words say


@dataclass(frozen=True)
class MonthReading:
    months: tuple[int, ...]
    items: tuple[str, ...]

    def as_json(self) -> dict:
        return {"months": list(self.months), "items": list(self.items)}


@dataclass(frozen=True)
class SectionReading:
    title: str  # empty for what stands before the first heading
    body: str


class Role(StrEnum):
    """What a line of the text was read as."""

    TITLE = "title", "标题"
    MONTH = "month", "月份"
    ITEM = "item", "事项"
    JOINED = "joined", "接上一行"
    SAID = "said", "事项的说明"
    HEADING = "heading", "章节标题"
    TEXT = "text", "章节文字"
    TABLE = "table", "表头"
    ASIDE = "aside", "没有放进去"

    def __new__(cls, value: str, label: str):
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member


@dataclass(frozen=True)
class LineReading:
    """One line and what it was read as. `body` is the line without its numbering."""

    text: str
    body: str
    role: Role
    months: tuple[int, ...] = ()
    items: tuple[ItemReading, ...] = ()
    aside: tuple[str, ...] = ()  # of this line, what found no place
    lead: str = ""  # of a heading, the text behind it on the same line
    doubt: str = ""  # why somebody should look at it


@dataclass(frozen=True)
class PlanReading:
    title: str
    period: PeriodReading
    months: tuple[MonthReading, ...]
    sections: tuple[SectionReading, ...]
    unread: tuple[str, ...]
    warnings: tuple[str, ...]
    lines: tuple[LineReading, ...] = ()

    def as_json(self) -> dict:
        return {
            "title": self.title,
            "period": self.period.as_json(),
            "months": [month.as_json() for month in self.months],
            "sections": [section.title for section in self.sections if section.title],
            "unread": list(self.unread),
            "warnings": list(self.warnings),
        }
