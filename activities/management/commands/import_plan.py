"""import_plan FILE: a plan's text into a plan, or with --dry-run only what was read from it."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from activities import actions, importers
from activities.plan_reader import PlanReading, plan_text, read_plan
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period, PeriodKind

NO_MONTHS = (
    "这份文字里没有读到哪个月做什么，没有建计划。先加 --dry-run 看读出了什么；"
    "只要其中的章节，加 --sections-only。"
)
YEAR_HINT = "文字里没写年份，加上 --year，例如 --year {year}。"


class Command(BaseCommand):
    help = "把一份计划（.txt、.docx、.md）读成年度计划；--dry-run 只看读出了什么，不动数据库。"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="计划文件")
        parser.add_argument("--dry-run", action="store_true", help="只读，不建计划")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument(
            "--sections-only", action="store_true", help="没有月份也建计划，只留章节"
        )
        parser.add_argument("--year", type=int, help="文字里没写年份时，从哪一年开始")

    def handle(
        self,
        *,
        file: Path,
        dry_run: bool,
        format: str,
        sections_only: bool,
        year: int | None,
        **options,
    ):
        try:
            text = _text_of(file)
            reading = read_plan(text)
            if reading.sections and not (reading.months or sections_only or dry_run):
                raise RuleBroken(NO_MONTHS)
            plan = None if dry_run else _made(text, reading, year)
        except RuleBroken as error:
            raise CommandError(str(error)) from error
        if format == "json":
            self.stdout.write(json.dumps(reading.as_json(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_lines(reading)))
        if plan and format == "text":
            self.stdout.write(f"建好了：{plan}，{plan.items.count()} 项。")


def _text_of(file: Path) -> str:
    try:
        content = file.read_bytes()
    except OSError:
        raise CommandError(f"打不开“{file}”，看看路径对不对、能不能读。") from None
    text = plan_text(file.name, content)
    importers.check_length(text)
    return text


def _made(text: str, reading: PlanReading, year: int | None):
    period = importers.period_read(reading) or _period_of(reading.period.kind, year)
    title = reading.title[: importers.LONGEST_TITLE] or f"{period.label}工会工作计划"
    return actions.add_plan_from_text(text=text, title=title, period=period, by=None)


def _period_of(kind: str, year: int | None) -> Period:
    """The period of that kind that begins in `year`; a semester or half year is the first one."""
    if year is None:
        raise RuleBroken(YEAR_HINT.format(year=timezone.localdate().year))
    match PeriodKind(kind):
        case PeriodKind.SCHOOL_YEAR:
            return Period.school_year(year)
        case PeriodKind.SEMESTER:
            return Period.semester(year, 1)
        case PeriodKind.HALF_YEAR:
            return Period.half(year, 1)
    return Period.year(year)


def _lines(reading: PlanReading):
    yield reading.title or "（没有标题）"
    for group in reading.months:
        months = "、".join(map(str, group.months))
        yield from (f"{months}月  {item}" for item in group.items)
    yield f"章节 {len(reading.sections)} 个，没有放进去的 {len(reading.unread)} 行"
    yield from (f"没放进去：{line}" for line in reading.unread)
    yield from (f"注意：{warning}" for warning in reading.warnings)
