"""`manage.py print_roles [--write]`: the table of who may do what, as README.md shows it."""

from django.conf import settings
from django.core.management.base import BaseCommand

from unionoffice.roles import PERMISSIONS, Role

BEGIN, END = "<!-- roles -->", "<!-- /roles -->"
README = settings.BASE_DIR / "README.md"


class Command(BaseCommand):
    help = "打印权限表（Markdown）；--write 写进 README.md。"

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help="更新 README.md 里的权限表")

    def handle(self, *, write: bool, **options):
        if write:
            README.write_text(with_table(README.read_text(), role_table()))
        else:
            self.stdout.write(role_table())


def role_table() -> str:
    """One row for each permission, one column for each role."""
    head = ["可以做的事", *(role.label for role in Role)]
    rows = [
        [f"{words}", *("✓" if role in holders else "" for role in Role)]
        for words, holders in PERMISSIONS.values()
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


def with_table(text: str, table: str) -> str:
    """`text` with what stands between the two marks replaced by the table."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{table}\n{END}{after}"
