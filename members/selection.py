"""The people that were ticked on the roster: named in the address, by keys or by the filter."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from django.http import QueryDict
from django.utils import timezone

from members import queries
from members.choices import EmploymentStatus
from members.forms.roster import RosterFilter, roster_filter
from members.forms.selection import Place
from members.models import Member, User
from members.queries import membership
from members.rules.move_days import check_move, offices_ending
from members.rules.move_words import why_not
from members.rules.moves import TOGETHER, How
from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date

KEY = re.compile("[0-9]{1,18}")  # a primary key that a database can hold
NAMED = 5  # people that a sentence names
FILTERED = "重新选一下筛选条件，再选人。"


@dataclass(frozen=True)
class Selection:
    """`members` in the order of the list, which tells of `day`; `query` is the address that
    names them and the filter, `list_query` the one of the list they were ticked on."""

    user: User
    members: object  # a QuerySet of Member
    day: date
    query: QueryDict
    list_query: str

    @cached_property
    def people(self) -> list[Member]:
        """With the places of the day."""
        return list(queries.with_places(self.members, self.day))

    @property
    def count(self) -> int:
        return len(self.people)

    @property
    def words(self) -> str:
        """王芳、李静等: the first of them by name."""
        names = "、".join(member.name for member in self.people[:NAMED])
        return f"{names}等" if self.count > NAMED else names

    @cached_property
    def seal(self) -> str:
        """Tells these people from any others: who confirms means exactly them."""
        return seal_of(self.people)

    def refuse_others(self, seal: str) -> None:
        """Raises RuleBroken when these are no longer the people that were shown."""
        _refuse_others(seal, self.people)

    def rows(self, columns) -> list[dict]:
        keys = [member.pk for member in self.people]
        return queries.rows_of(self.user, keys, self.day, columns)

    @property
    def carried(self) -> list[tuple[str, str]]:
        return [(name, value) for name, values in self.query.lists() for value in values]


def seal_of(people: Collection[Member]) -> str:
    keys = ",".join(str(pk) for pk in sorted(member.pk for member in people))
    return sha256(keys.encode()).hexdigest()[:16]


def _refuse_others(seal: str, people: Collection[Member]) -> None:
    if seal != seal_of(people):
        raise RuleBroken(
            f"名单刚才变了，现在是 {len(people)} 人，什么都还没有做。再看一遍，对的话再按一次。"
        )


def selection_of(user: User, address: QueryDict, *, everyone: bool = False) -> Selection:
    """Whom an address names: `all` that the filter leaves, or those of its `pk`. `everyone`: with
    neither, all that the filter leaves.

    Raises RuleBroken when it names nobody, or someone whom the user does not see.
    """
    form = read_filter(user, address)
    if not form.is_valid():
        raise RuleBroken(f"筛选条件看不懂，没有选到人。{FILTERED}")
    visible = queries.members_visible_to(user)
    keys = address.getlist("pk")
    if address.get("all") or (everyone and not keys):
        members = form.in_order(form.chosen(visible))
    else:
        members = form.in_order(_of_keys(visible, keys))
    return Selection(user, members, form.day, _own(address), _of_the_list(address))


def preview(selection: Selection, *, kind: Place, to, since: date) -> dict:
    """How many would be moved, and the sentence that says it:
    37 人从语文组（30 人）、数学组（7 人）调到第二工会小组，从2026年9月1日起。"""
    keys = [member.pk for member in selection.people]
    now = queries.named_places(keys, kind.named, since)
    staying = now.pop(to.name if to else None, 0)
    moving = sum(now.values())
    there = f"在“{to}”" if to else kind.nowhere
    day = chinese_date(since)
    if not moving:
        return {"moving": 0, "sentence": f"这 {staying} 人在{day}都已经{there}，没有要调的。"}
    where = f"调到{to}" if to else f"出来，{kind.nowhere}"
    stays = f"另外 {staying} 人已经{there}，不动。" if staying else ""
    sentence = f"{moving} 人从{_told(now, kind)}{where}，从{day}起。{stays}"
    return {"moving": moving, "sentence": sentence}


@dataclass(frozen=True)
class MovesPreview:
    """Who can make a move of the 会籍, and why the others can't."""

    able: list[Member]
    refused: list[str]
    offices: list[str]  # that end with it

    @property
    def seal(self) -> str:
        return seal_of(self.able)

    def refuse_others(self, seal: str) -> None:
        _refuse_others(seal, self.able)


def moves_preview(selection: Selection, move: str, *, since: date, by: User, **how) -> MovesPreview:
    found = membership.footings([member.pk for member in selection.people])
    own, today = queries.roles_of(by), timezone.localdate()
    able, refused, offices = [], [], []
    for member in selection.people:
        try:
            step = check_move(
                move,
                how=How(**how),
                since=since,
                footing=found[member.pk],
                today=today,
                by=by,
                own=own,
            )
        except RuleBroken as refusal:
            refused.append(str(refusal))
            continue
        able.append(member)
        ending = offices_ending(step, found[member.pk]) if step.exit else ()
        offices += [f"{member}的{row.get_office_display()}" for row in ending]
    return MovesPreview(able, refused, offices)


def moves_sentence(count: int, move: str, since: date, **how) -> str:
    """3 人从2026年3月1日起转出，转到示例五中工会。说明：调走。"""
    step, how = TOGETHER[move], How(**how)
    what = EmploymentStatus(how.work).label if how.work else step.label
    union = f"，{step.union_label.removesuffix('哪个工会')}{how.union}" if how.union else ""
    group = f"，编到{how.group}" if how.group else ""
    word = "原因" if step.needs_reason else "说明"
    note = f"{word}：{how.note}" if how.note else ""
    return f"{count} 人从{chinese_date(since)}起{what}{union}{group}。{note}"


def moves_offered(selection: Selection) -> list[dict]:
    """What many can do at once: each move with how many of these people stand where it starts."""
    found = membership.footings([member.pk for member in selection.people]).values()
    stand = Counter((footing.standing, footing.work) for footing in found)
    offered = [
        {
            "name": name,
            "move": move,
            "count": sum(n for (where, work), n in stand.items() if not why_not(name, where, work)),
        }
        for name, move in TOGETHER.items()
    ]
    return sorted(offered, key=lambda one: not one["count"])


def _told(now: Counter, kind: Place) -> str:
    names = [(name or f"没有{kind.word}的", count) for name, count in now.most_common()]
    if len(names) == 1:
        return names[0][0]
    return "、".join(f"{name}（{count} 人）" for name, count in names)


def read_filter(user: User, address: QueryDict) -> RosterFilter:
    choices = queries.roster_choices(user)
    return roster_filter(_own(address), choices=choices, whole=queries.with_whole_roster(user))


def _of_keys(visible, keys: list[str]):
    if not keys:
        raise RuleBroken("还没有选人。在姓名前面打勾，再点下面的按钮。")
    if not all(KEY.fullmatch(key) for key in keys):
        raise RuleBroken("选的人看不懂，回名册重新选。")
    wanted = set(map(int, keys))
    members = visible.filter(pk__in=wanted)
    missing = len(wanted) - members.count()
    if missing:
        raise RuleBroken(f"选的人里有 {missing} 位不在您看得到的名册里了，重新选一遍。")
    return members


ACTS_OWN = (
    "to",
    "since",
    "note",
    "work",
    "stays",
    "union",
    "to_group",
    "again",
    "heading",
    "beside",
    "by_group",
    "format",
    "columns",
    "page",
    "paper",
)


def _own(address: QueryDict) -> QueryDict:
    """The address without what an act adds to it."""
    query = address.copy()
    for name in ACTS_OWN:
        query.pop(name, None)
    return query


def _of_the_list(address: QueryDict) -> str:
    query = _own(address)
    for name in ("pk", "all"):
        query.pop(name, None)
    return query.urlencode()
