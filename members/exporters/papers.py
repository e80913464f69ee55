"""What the office prints about people: 会员登记表, 入会申请表, 花名册, 会员证."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from django.db.models import TextChoices

from members.choices import EmploymentStatus, Gender, MembershipStatus
from members.models import Member
from unionoffice.documents.sheets import Box, Grid, Paper, Row, Sheet
from unionoffice.errors import RuleBroken
from unionoffice.models import Office
from unionoffice.periods import iso_date

NO_GROUP = "没有编组"
CARDS_A_PAGE, CARDS_A_ROW, CARD_MM = 8, 2, 56
BLANK_DAY = "　　　年　　月　　日"
GENDERS = dict(Gender.choices)
STATUSES = dict(MembershipStatus.choices)
EMPLOYMENTS = dict(EmploymentStatus.choices)


class PaperKind(TextChoices):
    ROSTER = "roster", "花名册"
    REGISTRATION = "registration", "会员登记表"
    APPLICATION = "application", "入会申请表"
    CARD = "card", "会员证"


# people at once: as many as a PDF is laid out for within a minute
MOST = {
    PaperKind.ROSTER: 3000,
    PaperKind.REGISTRATION: 500,
    PaperKind.APPLICATION: 500,
    PaperKind.CARD: 2000,
}
BLANK_KINDS = (PaperKind.REGISTRATION, PaperKind.APPLICATION)  # that make sense without a person
BLANK = Member()  # a form for the pen


def paper_of(
    kind: str, people: Iterable[Member], *, office: Office, day: date, groups: Sequence[str] = ()
) -> Paper:
    """`people` have the places of `day` (queries.roster), in the order in which they come; those
    of one group stand together, the groups in the order of `groups`.

    Raises RuleBroken when that would be too many pages.
    """
    kind, people = PaperKind(kind), list(people)
    if len(people) > MOST[kind]:
        raise RuleBroken(
            f"{kind.label}一次最多做 {MOST[kind]} 人的，现在有 {len(people)} 人，按小组或部门分几次做。"
        )
    place = {name: number for number, name in enumerate(groups)}
    people.sort(key=lambda person: place.get(_text(person, "group_name"), len(place)))
    sheets = tuple(SHEETS[kind](people, office, day))
    return Paper(
        name=f"{office.union_name}{kind.label}",
        sheets=sheets,
        author=office.union_name,
        date=day,
        landscape=kind == PaperKind.ROSTER,
        numbered=kind == PaperKind.ROSTER,
    )


def _text(person: Member, name: str) -> str:
    """A column of the person, also one that only the query gives; "" where there is none."""
    return str(getattr(person, name, None) or "")


def _day(person: Member, name: str) -> str:
    """1986.04.12, or only as much of it as is known."""
    day = getattr(person, name, None)
    return iso_date(day, getattr(person, f"{name}_precision")).replace("-", ".") if day else ""


def label(text: str, **spans) -> Box:
    return Box(text, label=True, **spans)


# ------------------------------------------------------------------ 登记表, 申请表
FORM_WIDTHS = (12, 14, 11, 13, 11, 13, 11, 16)  # a whole date stands in one line


def _registrations(people: list[Member], office: Office, day: date) -> Iterator[Sheet]:
    for person in people:
        rows = (*_who(person, office), *_family(), *_life(), *_decided("基层工会\n审批意见", 38))
        yield Sheet(
            title="中国工会会员登记表",
            left=f"工会：{office.union_name}",
            grid=Grid(FORM_WIDTHS, (*rows, _remark(person)), size=11),
            below=f"申请人签名：　　　　　　　　　　　　填表日期：{BLANK_DAY}",
        )


def _who(person: Member, office: Office) -> Iterator[Row]:
    """The four lines that both forms begin with. What the office does not keep stays for the pen."""
    lines = (
        ("姓名", person.name, "性别", GENDERS.get(person.gender, "")),
        ("民族", person.ethnicity, "政治面貌", person.party),
        ("出生日期", _day(person, "birth"), "学历", person.education),
        ("籍贯", "", "会员证号", person.card_no),
        ("部门", _text(person, "department_name"), "职务", person.post),
        ("职称", person.title, "工资", ""),
        ("参加工作\n时间", _day(person, "work_began"), "到校时间", _day(person, "arrived")),
        ("工号", person.staff_no or "", "手机", person.phone),
    )
    for one, other in zip(lines[::2], lines[1::2], strict=True):
        yield Row(tuple(Box(text, label=n % 2 == 0) for n, text in enumerate(one + other)), 11)
    yield Row(
        (
            label("工作单位"),
            Box(office.school_name, across=3),
            label("工会小组"),
            Box(_text(person, "group_name")),
            label("入会时间"),
            Box(_day(person, "joined")),
        ),
        11,
    )


def _family(lines: int = 4) -> Iterator[Row]:
    heads = (label("称谓"), label("姓名"), label("工作单位、职务", across=5))
    yield Row((label("家庭主要\n成员", down=lines + 1), *heads), 10)
    yield from [Row((Box(), Box(), Box(across=5)), 10)] * lines


def _life(lines: int = 5) -> Iterator[Row]:
    heads = (label("起止年月", across=2), label("在什么地方、任什么职务", across=5))
    yield Row((label("简历", down=lines + 1), *heads), 10)
    yield from [Row((Box(across=2), Box(across=5)), 10)] * lines


def _decided(who: str, height: float) -> Iterator[Row]:
    """Where an opinion is written, sealed and dated."""
    text = f"\n\n（盖章）\n{BLANK_DAY}"
    yield Row((label(who), Box(text, across=7, side="right")), height)


def _remark(person: Member) -> Row:
    return Row((label("备注"), Box(person.note, across=7, side="left")), 14)


PLEDGE = (
    "　　我自愿加入中国工会，遵守《中国工会章程》，执行工会的决议，按月交纳会费，积极参加工会的活动，"
    "维护工会的团结。"
)


INDENT = "　" * 22


def _applications(people: list[Member], office: Office, day: date) -> Iterator[Sheet]:
    for person in people:
        pledge = f"{PLEDGE}\n\n\n{INDENT}申请人签名：\n\n{INDENT}{BLANK_DAY}"
        rows = (
            *_who(person, office),
            Row((label("入会申请"), Box(pledge, across=7, side="left")), 66),
            *_decided("工会小组\n意见", 44),
            *_decided("基层工会\n委员会\n审批意见", 52),
            Row((label("备注"), Box(across=7)), 14),
        )
        yield Sheet(
            title="中国工会会员入会申请表",
            left=f"工会：{office.union_name}",
            grid=Grid(FORM_WIDTHS, rows, size=11),
        )


# ------------------------------------------------------------------ 花名册
ROSTER_COLUMNS = (
    ("序号", 5), ("姓名", 11), ("性别", 5), ("出生年月", 10), ("民族", 7), ("政治面貌", 10),
    ("部门", 14), ("职务、职称", 14), ("在岗情况", 8), ("入会时间", 10), ("会籍", 8),
    ("手机", 13), ("备注", 11),
)  # fmt: skip


def _rosters(people: list[Member], office: Office, day: date) -> Iterator[Sheet]:
    """Each group on pages of its own."""
    for name, members in groupby(people, key=lambda person: _text(person, "group_name")):
        yield _roster(name or NO_GROUP, list(members), office, day)


def _roster(group: str, members: list[Member], office: Office, day: date) -> Sheet:
    head = Row(tuple(label(name) for name, _ in ROSTER_COLUMNS), 9)
    rows = (_roster_row(n, person) for n, person in enumerate(members, start=1))
    return Sheet(
        title=f"{office.union_name}会员花名册",
        left=f"工会小组：{group}　共 {len(members)} 人",
        right=f"{day.year}年{day.month}月{day.day}日",
        grid=Grid(tuple(width for _, width in ROSTER_COLUMNS), (head, *rows), heads=1, size=10.5),
    )


def _roster_row(number: int, person: Member) -> Row:
    texts = (
        str(number),
        person.name,
        GENDERS.get(person.gender, ""),
        _day(person, "birth")[:7],
        person.ethnicity,
        person.party,
        _text(person, "department_name"),
        "、".join(filter(None, (person.post, person.title))),
        EMPLOYMENTS.get(_text(person, "employment_status"), ""),
        _day(person, "joined")[:7],
        STATUSES.get(_text(person, "membership_status"), ""),
        person.phone,
        "",
    )
    return Row(tuple(map(Box, texts)), 7.5)


# ------------------------------------------------------------------ 会员证
def _cards(people: list[Member], office: Office, day: date) -> Iterator[Sheet]:
    """Eight on a page, to be cut apart."""
    for start in range(0, len(people), CARDS_A_PAGE):
        boxes = [_card(person, office) for person in people[start : start + CARDS_A_PAGE]]
        boxes += [Box()] * (len(boxes) % CARDS_A_ROW)
        rows = (Row(pair, CARD_MM) for pair in zip(boxes[::2], boxes[1::2], strict=True))
        yield Sheet(grid=Grid((1, 1), tuple(rows), cut=True, size=11.5))


def _card(person: Member, office: Office) -> Box:
    lines = [
        "中国工会会员证",
        "",
        f"姓　　名　{person.name}",
        f"性　　别　{GENDERS.get(person.gender, '')}",
        f"会员证号　{person.card_no}",
        f"工　　号　{person.staff_no or ''}",
        f"入会时间　{_day(person, 'joined')}",
        f"发证单位　{office.union_name}",
    ]
    return Box("\n".join(lines), side="left", top=True, bold_first=True)


SHEETS = {
    PaperKind.ROSTER: _rosters,
    PaperKind.REGISTRATION: _registrations,
    PaperKind.APPLICATION: _applications,
    PaperKind.CARD: _cards,
}
