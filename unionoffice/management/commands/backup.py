"""`manage.py backup FILE`: the whole office in one zip."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from unionoffice import audit, backups
from unionoffice.errors import FileRefused


class Command(BaseCommand):
    help = "把数据库和全部附件备份成一个 zip 文件，写完后重读一遍核对。"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="备份写到哪个文件")
        parser.add_argument("--force", action="store_true", help="文件已经有了就覆盖")

    def handle(self, *, file: Path, force: bool, **options):
        try:
            manifest = backups.backup(file.absolute(), overwrite=force)
        except FileRefused as error:
            raise CommandError(str(error)) from error
        size = file.stat().st_size / 1024 / 1024
        self.stdout.write(
            f"备份好了：{file}（{size:.1f} MB，数据库和 {manifest.file_count} 个附件，已核对）。"
        )
        key = Path(settings.DATA_DIR, backups.PRIVATE_KEY)
        if key.exists():
            self.stdout.write(f"身份证号这些私密资料的密钥 {key} 不在备份里，另外抄一份，分开放。")
        if broken := audit.first_broken():
            self.stderr.write(f"备份照现在的样子做了，但是{broken}查清楚以前留好早先的备份。")
