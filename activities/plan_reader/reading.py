"""What the reader hands back: plain values, no database."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PeriodReading:
    kind: str  # a value of unionoffice.periods.PeriodKind, never "free"
    start: str | None  # "YYYY-MM", None when the text names no year
    end: str | None

    def as_json(self) -> dict:
        return {"kind": self.kind, "start": self.start, "end": self.end}


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


@dataclass(frozen=True)
class PlanReading:
    title: str
    period: PeriodReading
    months: tuple[MonthReading, ...]
    sections: tuple[SectionReading, ...]
    unread: tuple[str, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict:
        return {
            "title": self.title,
            "period": self.period.as_json(),
            "months": [month.as_json() for month in self.months],
            "sections": [section.title for section in self.sections if section.title],
            "unread": list(self.unread),
            "warnings": list(self.warnings),
        }
