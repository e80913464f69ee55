"""manage.py appoint 工号 职务: the way back when nobody is left who can give offices."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from members import actions
from members.choices import OfficeName
from members.models import Member, OfficeHolding, User
from members.queries import others_in_office
from members.queries.accounts import owners_of
from unionoffice.errors import RuleBroken

OF_A_PLACE = {OfficeName.GROUP_LEADER, OfficeName.DEPARTMENT_HEAD}
OFFICES = {office.label: office for office in OfficeName if office not in OF_A_PLACE}


class Command(BaseCommand):
    help = "从今天起给一个人登记职务，没有账号的同时开账号。没有人能在页面上登记职务时用。"

    def add_arguments(self, parser):
        parser.add_argument("number", metavar="工号", help="名册里的工号，没有工号的写手机号")
        parser.add_argument("office", metavar="职务", choices=OFFICES, help="、".join(OFFICES))

    def handle(self, *, number: str, office: str, **options):
        found = list(owners_of(number)[:2])
        if len(found) != 1:
            how_many = "不止一个人" if found else "没有人"
            raise CommandError(f"名册里{how_many}的工号或手机是 {number}，核对一下。")
        try:
            lines = _appointed(found[0], OFFICES[office])
        except RuleBroken as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write("\n".join(lines))


@transaction.atomic
def _appointed(member: Member, office: OfficeName) -> list[str]:
    """What was done, in words. Who held the office before is left to whoever can log in again."""
    today = timezone.localdate()
    holding = OfficeHolding(member=member, office=office, start=today)
    others = others_in_office(holding)
    actions.appoint(holding=holding, by=None, both_because="用命令登记")
    lines = [f"登记好了：{member}从今天起任{office.label}。"]
    lines += [f"{each}还没有结束，在“工会职务”里写上最后一天。" for each in others]
    user = User.objects.filter(member=member).first()
    if user is None:
        user, password = actions.open_account(member=member, by=None)
        lines.append(f"账号开好了：登录名 {user.username}，一次性密码 {password}。")
    return lines
