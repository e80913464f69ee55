"""入会申请: handed in by a colleague or by the office, decided, taken back."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from members.actions.desk import send_message
from members.actions.history import refuse_future
from members.actions.membership import move_member, undo_move
from members.choices import RequestState, Standing
from members.models import Application, Member, UnionGroup, User
from members.queries.membership import can_be_taken_back, last_membership, standing_of
from unionoffice.actions import Files, attach_files
from unionoffice.audit import record
from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date

ENROLLED = {Standing.ACTIVE, Standing.RETAINED}


@transaction.atomic
def apply(*, application: Application, by: User, files: Files = ()) -> Application:
    """Save a request to join: one's own, or a paper one that the office hands in for `member`.

    Raises RuleBroken when the person is a 会员 already, or has one waiting.
    """
    member = Member.objects.select_for_update().get(pk=application.member_id)
    refuse_future(application.applied_on)
    standing = standing_of(last_membership(member))
    if standing in ENROLLED:
        raise RuleBroken(f"{member}已经是会员（{standing.label}），不用再申请。")
    if standing == Standing.DEAD:
        raise RuleBroken(f"{member}已登记去世，不能申请入会。")
    if member.applications.filter(state=RequestState.WAITING).exists():
        raise RuleBroken(f"{member}已经有一份申请在等委员会定，不用再交。")
    application.sent_by = by
    application.save()
    record(by, "members.apply", member, applied_on=application.applied_on)
    attach_files(owner=application, files=files, by=by)  # last: the disk does not roll back
    return application


@transaction.atomic
def attach_paper(*, application: Application, files: Files, by: User) -> None:
    """The signed paper, which may come later than the application itself."""
    attach_files(owner=application, files=files, by=by)


@transaction.atomic
def withdraw_application(*, application: Application, by: User) -> Application:
    """Whoever wants to join takes the own request back, as long as it waits."""
    application = _waiting(application)
    if application.member_id != by.member_id:
        raise RuleBroken("这是别人的申请，只有本人能撤回；不同意的话，写明原因退回去。")
    return _decide(application, RequestState.WITHDRAWN, "members.withdraw_application", by)


@transaction.atomic
def decline_application(*, application: Application, by: User, answer: str) -> Application:
    """The committee does not agree; the applicant reads why."""
    if not answer:
        raise RuleBroken("写明为什么不同意，申请人看得到。")
    application = _waiting(application)
    _decide(application, RequestState.DECLINED, "members.decline_application", by, answer)
    _tell(application, f"您的入会申请这次没有通过：{answer}", by)
    return application


@transaction.atomic
def approve_applications(
    *,
    applications: Collection[Application],
    since: date,
    by: User,
    group: UnionGroup | None = None,
) -> list[Application]:
    """The committee agreed on `since`: these people are 会员 from that day on, in `group` if one is
    named. All of them or nobody.

    Raises RuleBroken when one does not wait any more, or a day contradicts what is recorded.
    """
    if not applications:
        raise RuleBroken("一个人都没有选，先勾上要批准的申请。")
    approved = [_waiting(application) for application in applications]
    for application in approved:
        move_member(member=application.member, move="join", since=since, by=by, group=group)
        application.refresh_from_db()
        _tell(application, f"您的入会申请批准了，会籍从{chinese_date(since)}算起。", by)
    return approved


@transaction.atomic
def take_back_approval(*, application: Application, by: User) -> Application:
    """The approval was a slip: no 会员, the request waits again."""
    application = _locked(application)
    if not can_be_taken_back(application):
        raise RuleBroken(f"{application.member}入会以后又办过别的变动，不能撤回这次批准。")
    undo_move(member=application.member, by=by)
    application.refresh_from_db()
    tell_taken_back(application, by)
    return application


def tell_taken_back(application: Application, by: User) -> None:
    _tell(application, "您的入会批准登记有误，已经撤回，申请还在等委员会定。", by)


def _locked(application: Application) -> Application:
    found = Application.objects.select_for_update(of=("self",)).select_related("member")
    return found.get(pk=application.pk)


def _waiting(application: Application) -> Application:
    application = _locked(application)
    if application.state != RequestState.WAITING:
        raise RuleBroken(
            f"{application.member}的申请{application.get_state_display()}，不用再办，刷新看最新情况。"
        )
    return application


def _decide(application: Application, state: str, act: str, by: User, answer: str = ""):
    application.state, application.answer = state, answer
    application.decided_by, application.decided_at = by, timezone.now()
    application.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    record(by, act, application.member, answer=answer)
    return application


def _tell(application: Application, text: str, by: User) -> None:
    """On the applicant's home page, where there is an account to read it with."""
    if User.objects.filter(member=application.member_id).exists():
        send_message(text=text, members=[application.member], by=by)
