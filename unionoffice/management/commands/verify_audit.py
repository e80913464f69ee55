"""`manage.py verify_audit`: whether the audit chain is whole."""

from django.core.management.base import BaseCommand

from unionoffice.audit import first_broken
from unionoffice.models import AuditEntry


class Command(BaseCommand):
    help = "核对操作记录有没有被改动或删除；有问题时说出第一处，返回 1。"

    def handle(self, **options):
        whole, sentence = verdict()
        (self.stdout if whole else self.stderr).write(sentence)
        if not whole:
            raise SystemExit(1)


def verdict() -> tuple[bool, str]:
    """Whether the chain is whole, and the sentence that says so."""
    if broken := first_broken():
        return False, broken
    return True, f"操作记录完好，共 {AuditEntry.objects.count()} 条。"
