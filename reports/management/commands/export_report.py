"""manage.py export_report summary --period 2026 --format docx --format pdf --out DIR"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.choices import FileFormat, ReportKind
from reports.exporters import file_title, written
from reports.outlines import outline_of
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period
from unionoffice.queries import current_office

KINDS = "plan 计划，summary 总结，summary_and_plan 总结和下期计划连成一份"


class Command(BaseCommand):
    help = "把某一期间的计划、总结，或总结和下期计划，写成 Word 和 PDF 文件。"

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=ReportKind.values, help=KINDS)
        parser.add_argument("--period", required=True, help="2026、2026H1、2026-2027、2026-2027-1")
        parser.add_argument(
            "--format", action="append", choices=FileFormat.values, dest="formats", help="可写多次"
        )
        parser.add_argument("--out", default=".", type=Path, help="放到哪个文件夹")

    def handle(self, *, kind, period, formats, out, **options):
        office = current_office()
        if office is None:
            raise CommandError("工会办公室还没有设置，先打开网页填好学校和工会的名称。")
        try:
            period = Period.parse(period)
        except RuleBroken as refusal:
            raise CommandError(str(refusal)) from None
        try:
            self.write(kind, period, formats, out, office)
        except OSError as error:
            raise CommandError(f"写不到“{out}”（{error.strerror}），换一个文件夹。") from None

    def write(self, kind, period, formats, out, office):
        out.mkdir(parents=True, exist_ok=True)
        outline = outline_of(kind, period, office=office, today=timezone.localdate())
        for file_format in dict.fromkeys(formats or FileFormat.values):
            path = out / f"{file_title(outline)}.{file_format}"
            path.write_bytes(written(outline, file_format))
            self.stdout.write(str(path))
