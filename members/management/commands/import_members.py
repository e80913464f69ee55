"""manage.py import_members FILE [--dry-run] [--format json]: a roster file into the roster."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from members.actions import import_roster
from members.choices import RowFate
from members.models import KeptField
from members.roster_reader import RosterReading, read_roster
from unionoffice.errors import RuleBroken

FATES = [fate for fate in RowFate if fate != RowFate.SKIPPED]  # nobody chooses here


class Command(BaseCommand):
    help = (
        "导入会员名册（.xlsx、.xls、.csv）。加 --dry-run 只读文件、不动数据库，看每一行读成什么。"
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="花名册文件")
        parser.add_argument("--dry-run", action="store_true", help="只读不导入")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, file: Path, dry_run: bool, **options):
        try:
            keep = () if dry_run else KeptField.objects.values_list("field", flat=True)
            reading = read_roster(file.name, file.read_bytes(), frozenset(keep))
            result = _read(reading) if dry_run else _imported(file.name, reading)
        except OSError as error:
            raise CommandError(f"打不开“{file}”：{error.strerror}。") from None
        except RuleBroken as refusal:
            raise CommandError(str(refusal)) from None
        if options["format"] == "json":
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_lines(result)))


def _read(reading: RosterReading) -> dict:
    return reading.as_json()


def _imported(file_name: str, reading: RosterReading) -> dict:
    roster_import, plan = import_roster(file_name=file_name, reading=reading, by=None)
    return {
        "import": roster_import.pk,
        **{fate.value: plan.counts[fate] for fate in FATES},
        "reasons": [
            {"sheet": each.row.sheet, "row": each.row.row, "reason": each.reason}
            for each in plan.of(RowFate.HELD)
        ]
        + [each.as_json(with_sheet=True) for each in reading.rejected],
    }


def _lines(result: dict) -> list[str]:
    if "accepted" in result:
        head = f"能读 {len(result['accepted'])} 行，不能导入 {len(result['rejected'])} 行。没有改动名册。"
        return [head, *map(_line, result["rejected"]), *result["warnings"]]
    counts = "，".join(f"{fate.label} {result[fate.value]} 行" for fate in FATES)
    return [f"{counts}。", *map(_line, result["reasons"])]


def _line(row: dict) -> str:
    sheet = f"工作表“{row['sheet']}”" if row.get("sheet") else ""
    return f"{sheet}第 {row['row']} 行：{row['reason']}"
