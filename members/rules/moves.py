"""会籍变动: which moves there are, from where to where each leads, what it asks and what follows.
Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from members.choices import (
    EmploymentStatus,
    MembershipEntry,
    MembershipExit,
    OfficeName,
    Standing,
)
from members.rules.move_words import why_not
from unionoffice.errors import RuleBroken
from unionoffice.workflow import Move, Offer, check, offers

S, WORK = Standing, EmploymentStatus
PERMISSION = "members.move_members"
AT_SCHOOL = frozenset({"", WORK.WORKING, WORK.EARLY_RETIRED})
RETIREMENTS = (WORK.RETIRED, WORK.RETIRED_CADRE, WORK.EARLY_RETIRED)
BACK = {WORK.LEFT: WORK.WORKING}  # who had left the school is there again
# offices that the school or the higher union gives: they do not end with the 会籍
NOT_OF_THE_UNION = frozenset(
    {
        OfficeName.DEPARTMENT_HEAD,
        OfficeName.SCHOOL_LEADER,
        OfficeName.HIGHER_UNION,
        OfficeName.ADMIN,
    }
)


@dataclass(frozen=True)
class MembershipMove(Move):
    """A step of the 会籍. `entry` and `exit`: how a row of it begins or ends. `works`: what becomes
    of the employment; `from_work`: the employments it starts from, None for any."""

    entry: str = ""
    exit: str = ""
    works: Mapping[str, str] = field(default_factory=dict)
    from_work: frozenset[str] | None = None
    union_label: str = ""  # what it asks about the other union
    may_stay: bool = False  # the office may leave the 会籍 as it is
    to_group: bool = False  # a group may be named
    leaves_school: bool = False  # whatever the employment was: the department ends
    dated: bool = True  # holds from a day on; else it was never so
    alone: bool = False  # of one person at a time
    done: str = ""  # what is said once it is done, beside the name; the label where empty


def _move(label: str, sources: Collection[str], target: str, hint: str, **more) -> MembershipMove:
    return MembershipMove(label, frozenset(sources), target, PERMISSION, hint, **more)


MOVES = {
    "join": _move(
        "入会",
        {S.NEVER, S.LEFT},
        S.ACTIVE,
        "会籍从委员会批准那天算起",
        entry=MembershipEntry.JOINED,
        works=BACK,
        to_group=True,
    ),
    "transfer_in": _move(
        "转入",
        {S.NEVER, S.LEFT},
        S.ACTIVE,
        "从别的工会接转过来，会籍从接转那天算起",
        entry=MembershipEntry.TRANSFERRED,
        works=BACK,
        union_label="转自哪个工会",
        to_group=True,
    ),
    "restore": _move(
        "恢复会籍",
        {S.RETAINED, S.LEFT},
        S.ACTIVE,
        "重新在册，要交会费，有选举权和被选举权",
        entry=MembershipEntry.RESTORED,
        works=BACK,
        to_group=True,
    ),
    "retire": _move(
        "退休",
        {S.NEVER, S.ACTIVE, S.RETAINED, S.LEFT},
        S.RETAINED,
        "退休、离休、内退；会籍多为保留，免会费",
        from_work=AT_SCHOOL,
        may_stay=True,
        to_group=True,
    ),
    "return": _move(
        "返岗",
        {S.ACTIVE, S.RETAINED},
        S.ACTIVE,
        "返聘，或者内退以后回来上班",
        entry=MembershipEntry.RESTORED,
        works=dict.fromkeys(RETIREMENTS, WORK.WORKING),
        from_work=frozenset(RETIREMENTS),
        may_stay=True,
        to_group=True,
    ),
    "retain": _move(
        "保留会籍",
        {S.ACTIVE},
        S.RETAINED,
        "长期请假、待业等，免会费，暂时没有选举权和被选举权",
        needs_reason=True,
    ),
    "transfer_out": _move(
        "转出",
        {S.ACTIVE, S.RETAINED},
        S.LEFT,
        "调到别的单位，会籍接转过去",
        exit=MembershipExit.TRANSFERRED,
        works=dict.fromkeys(AT_SCHOOL, WORK.LEFT),
        union_label="转到哪个工会",
        leaves_school=True,
    ),
    "resign": _move(
        "申请退会",
        {S.ACTIVE, S.RETAINED},
        S.LEFT,
        "本人提出，不再是会员",
        exit=MembershipExit.RESIGNED,
    ),
    "lapse": _move(
        "自动退会",
        {S.ACTIVE, S.RETAINED},
        S.LEFT,
        "无正当理由连续六个月不交会费、不参加活动，教育不改",
        exit=MembershipExit.LAPSED,
        needs_reason=True,
    ),
    "expel": _move(
        "除名",
        {S.ACTIVE, S.RETAINED},
        S.LEFT,
        "委员会讨论决定开除会籍",
        exit=MembershipExit.EXPELLED,
        needs_reason=True,
    ),
    "die": _move(
        "去世",
        {S.ACTIVE, S.RETAINED},
        S.DEAD,
        "会籍、在岗、小组、部门、职务都到前一天为止",
        exit=MembershipExit.DIED,
        alone=True,
    ),
    "mistake": _move(
        "登记错了",
        {S.ACTIVE, S.RETAINED, S.LEFT},
        S.NEVER,
        "从来没有入过会，名册里误记成会员的，把这段会籍去掉",
        needs_reason=True,
        dated=False,
        alone=True,
        done="的会籍登记错了，去掉了",
    ),
}
TOGETHER = {name: move for name, move in MOVES.items() if not move.alone}  # of many at once
USUAL = ("join", "transfer_in", "retire", "return", "restore", "transfer_out")  # shown first
ACTS = {f"members.{name}_member": name for name in MOVES}  # in the audit chain


@dataclass(frozen=True)
class How:
    """What the form of a move answers besides its day."""

    union: str = ""
    note: str = ""
    group: object | None = None
    work: str = ""  # which of RETIREMENTS
    stays: bool = False  # the 会籍 stays as it is
    area: str = ""  # where someone who retires lives; "" leaves what is recorded


def member_offers(standing: str, work: str, user) -> list[Offer]:
    """The moves that `user` may make now with someone of this standing and employment."""
    return [o for o in offers(MOVES, standing, user) if _fits(o.move, work)]


def check_member_move(name: str, *, who, standing: str, work: str, user) -> MembershipMove:
    """The named move. Raises RuleBroken when it does not start here; `user` None may do any."""
    step = check(
        MOVES,
        name,
        state=standing,
        state_label=Standing(standing).label,
        user=user or _Anyone(),
        refusal=f"{who}{why_not(name, standing, work)}",
    )
    if not _fits(step, work):
        raise RuleBroken(f"{who}{why_not(name, standing, work)}")
    return step


def works_by_hand(standing: str, work: str) -> tuple[str, ...]:
    """What the employment of someone may be corrected to without a move, as none leads there: any
    of a colleague who is no 会员; of a 会员, that he or she works here, where nothing is recorded or
    that they left."""
    if standing in (S.NEVER, S.LEFT):
        return ("", *WORK.values)
    return (work, WORK.WORKING) if standing != S.DEAD and work in ("", WORK.LEFT) else ()


class _Anyone:
    """Who acts when the program does by itself."""

    def has_perm(self, permission: str) -> bool:
        return True


def _fits(step: MembershipMove, work: str) -> bool:
    return step.from_work is None or work in step.from_work


def check_answers(step: MembershipMove, how: How) -> None:
    if step.union_label and not how.union:
        raise RuleBroken(f"写上{step.union_label}。")
    if step.needs_reason and not how.note:
        raise RuleBroken(f"{step.label}要写明原因和依据，以后才查得到。")
    if step is MOVES["retire"] and how.work not in RETIREMENTS:
        raise RuleBroken("退休、离休、内退，选一样。")


def work_after(step: MembershipMove, how: How, work: str) -> str:
    """The employment that follows from the move, of someone whose employment is `work`; "" when it
    stays as it is."""
    if step is MOVES["retire"]:
        return how.work
    return step.works.get(work, "")


def changes_membership(step: MembershipMove, how: How, standing: str) -> bool:
    """Whether the 会籍 itself changes: those who are none do not become 会员 by retiring."""
    if how.stays and step.may_stay:
        return False
    if step is MOVES["retire"]:
        return standing == S.ACTIVE
    return standing != step.target


def ends_with_membership(offices: Collection) -> list:
    """Those of the holdings that end with the 会籍."""
    return [row for row in offices if row.office not in NOT_OF_THE_UNION]


def consequences(step: MembershipMove, ending) -> list[str]:
    """What follows from the move besides the 会籍, in sentences. `ending`: queries' Ending."""
    ends, kept = _office_words(ending.offices), _office_words(ending.kept)
    if not step.dated:
        return ["这段会籍整段去掉，以前各天的名册、数字里也不再有它。", "编过的小组一起去掉。"]
    if step.exit:
        places = "、".join(filter(None, (ending.group, ending.department)))
        return [
            *([f"离开{places}。"] if places else ()),
            *([f"{ends}的职务同时结束，到前一天为止。"] if ends else ()),
            *([f"{kept}不是工会的职务，不跟着结束，账号也不停用。"] if kept else ()),
            *(["账号停用，不能再登录；以前记的都留着。"] if ending.locks_account else ()),
        ]
    if step.target == S.RETAINED:
        offices = (
            [f"{ends}的职务不会自己结束，不再担任的，到“职务”里写上最后一天。"] if ends else []
        )
        return [*offices, "账号照常可以登录。"]
    if step.target == S.ACTIVE and step.entry != MembershipEntry.RESTORED:
        return ["有入会申请在等的，这次一起批准。", "以前离开时停用的账号重新可以用。"]
    return []


def _office_words(holdings: Collection) -> str:
    return "、".join(dict.fromkeys(row.get_office_display() for row in holdings))
