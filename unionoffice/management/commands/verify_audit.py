"""`manage.py verify_audit [--backup FILE]`: whether the audit chain is whole."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from unionoffice import backups
from unionoffice.audit import ChainEnd, chain_end, departed_from, first_broken
from unionoffice.errors import FileRefused


class Command(BaseCommand):
    help = "核对操作记录有没有被改动或删除；有问题时说出第一处，返回 1。"

    def add_arguments(self, parser):
        parser.add_argument("--backup", type=Path, help="再和这份备份做好时的操作记录对一遍")

    def handle(self, *, backup: Path | None, **options):
        try:
            end = backups.verify(backup).audit_end if backup else None
        except FileRefused as error:
            raise CommandError(str(error)) from error
        whole, sentence = verdict(end)
        (self.stdout if whole else self.stderr).write(sentence)
        if not whole:
            raise SystemExit(1)


def verdict(end: ChainEnd | None = None) -> tuple[bool, str]:
    """Whether the chain is whole and, where one is given, runs through its former `end`; and the
    sentence that says so."""
    if broken := first_broken() or (end and departed_from(end)):
        return False, broken
    return True, f"操作记录完好，共 {chain_end().count} 条。"
