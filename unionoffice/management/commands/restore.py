"""`manage.py restore FILE`: the office as a backup has it."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from unionoffice import backups
from unionoffice.errors import FileRefused
from unionoffice.management.commands.verify_audit import verdict
from unionoffice.serving import serving_process

SERVING = (
    "办公室还开着（进程 {}），有人可能正在写。先停下来（systemctl stop unionoffice，或在启动它的窗口"
    "按 Ctrl+C）再恢复。数据没有动。"
)


class Command(BaseCommand):
    help = "用一份备份替换现在的数据库和全部附件。先核对备份，再给现在的数据留一份副本。"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="backup 做出的 zip 文件")
        parser.add_argument("--yes", action="store_true", help="不再询问")

    def handle(self, *, file: Path, yes: bool, **options):
        try:
            manifest = backups.verify(file)
            backups.check_fits(manifest)
            if number := serving_process():
                raise FileRefused(SERVING.format(number))
            if not yes:
                self.ask(manifest)
            copy = backups.restore(file, keep_copy_in=Path(settings.DATA_DIR))
        except FileRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"恢复好了：{manifest.made_at} 的备份，数据库和 {manifest.file_count} 个附件。"
        )
        self.stdout.write(f"恢复之前的数据留在 {copy}。")
        self.stdout.write(verdict(manifest.audit_end)[1])

    def ask(self, manifest: backups.Manifest):
        """Raises CommandError unless a person at the keyboard agrees."""
        if not sys.stdin.isatty():
            raise CommandError("恢复会替换现在的全部数据。确定要恢复，加 --yes 再运行。")
        answer = input(
            f"要用 {manifest.made_at} 的备份替换现在的全部数据吗？输入 yes 继续，其他任意字取消："
        )
        if answer.strip() != "yes":
            raise CommandError("没有恢复，数据没有动。")
