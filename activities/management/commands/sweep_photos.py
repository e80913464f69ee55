"""`manage.py sweep_photos`: clear what uploads left behind and what was taken away."""

from django.core.management.base import BaseCommand

from activities.actions import sweep_photos


class Command(BaseCommand):
    help = "清掉一天以前没传完的照片；一天以前去掉的照片，连文件一起删掉。"

    def handle(self, **options):
        stopped, dropped = sweep_photos()
        self.stdout.write(f"清掉没传完的 {stopped} 张，删掉去掉的 {dropped} 张。")
