"""会籍变动: each move with all that follows from it, and taking the last one back as a whole."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from members.actions.history import begin_row, end_row
from members.actions.locks import lock_account, unlock_returned
from members.actions.offices import end_office
from members.actions.people import update_member
from members.actions.snapshots import difference, is_now, put_back, snapshot
from members.choices import MembershipStatus, RequestState, Standing
from members.models import (
    Application,
    Candidate,
    DepartmentAssignment,
    Employment,
    GroupAssignment,
    Member,
    Membership,
    OfficeHolding,
    UnionGroup,
    User,
)
from members.queries import not_over, others_in_office, roles_of
from members.queries.changes import MembershipChange
from members.queries.membership import (
    UNDONE,
    footings,
    hanging_on,
    last_move,
    last_span,
    within,
)
from members.rules import may_handle, may_take
from members.rules.groups import refuse_dissolved
from members.rules.move_days import Footing, check_move
from members.rules.moves import (
    ACTS,
    MOVES,
    How,
    MembershipMove,
    changes_membership,
    ends_with_membership,
    work_after,
)
from unionoffice.audit import record
from unionoffice.errors import RuleBroken
from unionoffice.held import held
from unionoffice.periods import Period
from unionoffice.queries import current_office

TABLE_WORDS = {
    "membership": "会籍",
    "employment": "在岗情况",
    "groupassignment": "工会小组",
    "departmentassignment": "部门",
    "officeholding": "职务",
    "application": "入会申请",
    "user": "账号",
    "candidate": "选举结果",
}


@transaction.atomic
def move_member(*, member: Member, move: str, since: date, by: User | None, **how) -> Member:
    """One step of moves.MOVES from `since` on; `how`: what moves.How takes.

    Who leaves the union leaves the group and its offices the same day, and can't log in any more
    unless an office of the school needs that. Who joins while an application waits has it approved.
    A 会籍 that was a mistake goes altogether, where nothing hangs on it.
    Raises RuleBroken when the step does not start here, or a day contradicts what is recorded.
    """
    how = How(**how)
    member = Member.objects.select_for_update().get(pk=member.pk)
    list(Membership.objects.select_for_update().filter(member=member))
    footing = footings([member.pk])[member.pk]
    step = check_move(
        move,
        how=how,
        since=since,
        footing=footing,
        today=timezone.localdate(),
        by=by,
        own=roles_of(by) if by else frozenset(),
    )
    if how.area:
        member.area = how.area
        update_member(member=member, by=by, fields=["area"])
    before = snapshot(member)
    _place(member, step, footing, since, how)
    _let_in_or_out(member, step, footing.standing, since, by)
    rows = difference(before, snapshot(member))
    record(by, f"members.{move}_member", member, since=since, note=how.note, rows=rows)
    return member


def _place(member: Member, step: MembershipMove, footing: Footing, since: date, how: How) -> None:
    """The 会籍, the employment and the group that the move leads to."""
    if not step.dated:
        _take_out(member)
    elif changes_membership(step, how, footing.standing):
        _change_membership(member, step, footing.membership, since, how)
    if work_to := work_after(step, how, footing.work):
        begin_row(model=Employment, member=member, since=since, status=work_to)
    if how.group and step.to_group:
        _to_group(member, how.group, since)


def _let_in_or_out(
    member: Member, step: MembershipMove, standing: str, since: date, by: User | None
) -> None:
    """What else follows of leaving, coming back and joining."""
    if step.exit:
        _leave(member, step, since, by)
    elif standing == Standing.LEFT and step.target == Standing.ACTIVE:
        unlock_returned(member=member, by=by)
    if step.target == Standing.ACTIVE:
        _settle_application(member, by)


def _change_membership(
    member: Member, step: MembershipMove, row: Membership | None, since: date, how: How
) -> None:
    open_row = row if row and row.end is None else None
    if open_row:
        open_row.end = since - timedelta(days=1)
        open_row.exit = step.exit
        if step.exit:
            open_row.to_union, open_row.exit_note = how.union, how.note
        open_row.save()
    if not step.exit:
        Membership.objects.create(
            member=member,
            status=MembershipStatus(step.target),
            start=since,
            entry=step.entry,
            from_union=how.union,
            note=how.note,
        )


def _take_out(member: Member) -> None:
    """The last 会籍 as a whole, which never was, and the groups within it."""
    span = last_span(member)
    if hanging := hanging_on(member, span):
        raise RuleBroken(
            f"{member}这段会籍里记着{'、'.join(hanging)}，不能当作登记错了去掉。"
            "那些也是记错的，先去掉、撤回，再办这一步；不是的话，办退会或者转出。"
        )
    member.group_assignments.filter(within(span)).delete()
    Membership.objects.filter(pk__in=[row.pk for row in span]).delete()


def _to_group(member: Member, group: UnionGroup, since: date) -> None:
    refuse_dissolved(group, since)
    begin_row(model=GroupAssignment, member=member, since=since, group=group)


def _leave(member: Member, step: MembershipMove, since: date, by: User | None) -> None:
    died = step.target == Standing.DEAD
    ends = {
        GroupAssignment: True,
        Employment: died,
        DepartmentAssignment: died or step.leaves_school,
    }
    for model in [model for model, ended in ends.items() if ended]:
        end_row(model=model, member=member, since=since)
    held = list(member.offices.filter(not_over(timezone.localdate())).select_related("member"))
    ending = held if died else ends_with_membership(held)
    for holding in ending:
        _end_holding(holding, since, by)  # that `by` may is checked with the move
    if len(ending) == len(held):
        lock_account(member=member, by=by)


def _end_holding(holding: OfficeHolding, since: date, by: User | None) -> None:
    """One that has yet to begin, goes; who held one later than `since` stays as recorded."""
    if holding.start and holding.start > timezone.localdate():
        Candidate.objects.filter(holding=holding).update(holding=None)
        holding.delete()
        return
    end_office(holding=holding, last_day=since - timedelta(days=1), by=by)


def _settle_application(member: Member, by: User | None) -> None:
    waiting = Application.objects.select_for_update().filter(
        member=member, state=RequestState.WAITING
    )
    for application in waiting:
        application.state, application.decided_by = RequestState.ACCEPTED, by
        application.decided_at = timezone.now()
        application.save(update_fields=["state", "decided_by", "decided_at"])


@transaction.atomic
def undo_move(*, member: Member, by: User) -> str:
    """Take the last move back as a whole: every row is as it was before. Gives the move's label.

    Raises RuleBroken when there is none, when what it changed was changed again since, or when
    `by` could not give back the offices that it ended.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    entry = last_move(member)
    if entry is None:
        raise RuleBroken(f"{member}没有可以撤销的会籍变动。")
    label = MOVES[ACTS[entry.act]].label
    before = {name: rows[0] for name, rows in entry.changes["rows"].items()}
    after = {name: rows[1] for name, rows in entry.changes["rows"].items()}
    if not is_now(after, member):
        words = "、".join(word for name, word in TABLE_WORDS.items() if name in after)
        raise RuleBroken(
            f"登记“{label}”以后，{member}的{words}又改过，不能整笔撤销。照现在的情况另办一次变动。"
        )
    _refuse_giving_back(member, before, after, by)
    put_back(before, member)
    rows = {name: [after[name], before[name]] for name in before}
    record(by, UNDONE, member, move=ACTS[entry.act], number=entry.number, rows=rows)
    return label


def _refuse_giving_back(member: Member, before: dict, after: dict, by: User) -> None:
    """Offices that come back are given by the same people as any; of a chair there is one."""
    now = after.get("officeholding", [])
    back = [row for row in before.get("officeholding", []) if row not in now]
    _refuse_unless_handled([row["office"] for row in back], member, by)
    for row in back:
        held = OfficeHolding(member=member, office=row["office"], start=timezone.localdate())
        others = others_in_office(held)
        if others and row["end"] is None:
            raise RuleBroken(
                f"{others[0].member}已经接任{others[0].get_office_display()}，不能整笔撤销。"
                "照现在的情况另办一次变动。"
            )


def _refuse_unless_handled(offices: list[str], member: Member, by: User) -> None:
    if not offices:
        return
    own = roles_of(by)
    if not may_handle(own, offices):
        raise RuleBroken(f"这会动到{member}的工会职务，由主席、副主席或管理员办，找他们办。")
    if member.pk == by.member_id and not all(may_take(own, office) for office in offices):
        raise RuleBroken("这会动到您自己的职务，让另一位主席、副主席或管理员办。")


@transaction.atomic
def note_moves_export(*, period: Period, changes: Collection[MembershipChange], by: User) -> None:
    """Leave the trace that `by` took the table of changes away."""
    told = {"rows": len(changes), "held": held(each.member.pk for each in changes)}
    record(by, "members.export_moves", current_office(), period=period.code, **told)
