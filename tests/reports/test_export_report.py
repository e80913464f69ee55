"""manage.py export_report, and what another program makes of its files."""

import shutil
import subprocess
from pathlib import Path

import pdfplumber
import pytest
from django.core.management import CommandError, call_command

SUMMARY = "示例市第三中学工会委员会2026年工作总结"


def export(out: Path, *arguments: str) -> list[Path]:
    call_command("export_report", *arguments, "--out", str(out))
    return sorted(out.iterdir())


def test_both_formats_are_written_unless_one_is_named(office, tmp_path):
    both = export(tmp_path / "both", "summary", "--period", "2026")
    one = export(tmp_path / "one", "summary", "--period", "2026", "--format", "pdf")
    assert [path.name for path in both] == [f"{SUMMARY}.docx", f"{SUMMARY}.pdf"]
    assert [path.name for path in one] == [f"{SUMMARY}.pdf"]


def test_a_period_that_cannot_be_read_is_refused(office, tmp_path):
    with pytest.raises(CommandError, match="看不懂期间“2026年”"):
        export(tmp_path, "summary", "--period", "2026年")


@pytest.mark.django_db
def test_before_the_set_up_there_is_nothing_to_export(tmp_path):
    with pytest.raises(CommandError, match="还没有设置"):
        export(tmp_path, "summary", "--period", "2026")


@pytest.mark.django_db
def test_libreoffice_opens_the_summary_of_the_sample_school_on_as_many_pages(tmp_path):
    soffice = shutil.which("soffice")
    assert soffice, "没有找到 LibreOffice：apt-get install libreoffice-writer-nogui"
    call_command("load_sample", "--members", "60", verbosity=0)
    word, pdf = export(tmp_path / "out", "summary", "--period", "2026")
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(word)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    assert abs(pages(tmp_path / f"{SUMMARY}.pdf") - pages(pdf)) <= 1


def pages(path: Path) -> int:
    with pdfplumber.open(path) as pdf:
        return len(pdf.pages)
