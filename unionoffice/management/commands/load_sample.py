"""manage.py load_sample [--members N] [--years Y] [--seed S]"""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from unionoffice import sample
from unionoffice.errors import RuleBroken


class Command(BaseCommand):
    help = "放进一所虚构的示例学校，打印能登录的账号。"

    def add_arguments(self, parser):
        parser.add_argument("--members", type=int, default=300, help="会员数，30 到 10000")
        parser.add_argument("--years", type=int, default=1, help="今年之外再往前几年")
        parser.add_argument("--seed", type=int, default=2026, help="换一个数，换一批人和记录")

        parser.add_argument(
            "--unless-there", action="store_true", help="示例学校已经在里面就不再放，也不算错"
        )

    def handle(self, *, members, years, seed, unless_there, **options):
        if unless_there and sample.is_there():
            self.stdout.write(f"示例学校已经在里面，接着用。密码还是 {sample.PASSWORD}。")
            return
        try:
            loaded = sample.load(
                today=timezone.localdate(), members=members, years=years, seed=seed
            )
        except RuleBroken as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"示例学校放好了：{loaded.office.school_name}，{members} 名会员。")
        self.stdout.write(f"能登录的账号（密码都是 {sample.PASSWORD}）：")
        for account in loaded.accounts:
            self.stdout.write(f"  {account.login:<14}{account.role}（{account.name}）")
