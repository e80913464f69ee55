"""The menu is data. An entry borrows its permission from the view behind its address."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.urls import NoReverseMatch, resolve, reverse


@dataclass(frozen=True)
class Item:
    label: str
    url_name: str
    icon: str
    key: str = ""  # goes there after G on the keyboard

    @property
    def address(self) -> str | None:
        return address_of(self.url_name)

    @property
    def permission(self) -> str | None:
        return permission_of(self.url_name)


@dataclass(frozen=True)
class Entry:
    """An item as one user sees it on one page. `count` is what this user has to do there."""

    label: str
    url: str
    icon: str
    key: str = ""
    current: bool = False
    count: int | None = None
    raised: bool = False  # 记一笔, in the middle of the phone's tabs
    choices: tuple["Entry", ...] = ()  # of 记一笔: what one may record, where there are two
    pages: tuple["Entry", ...] = ()  # of its part of the office, on the page with everything


@dataclass(frozen=True)
class Group:
    label: str | None
    items: list[Entry]


HOME = Item("工作台", "unionoffice:home", "house", "h")
PLANS = Item("年度计划", "activities:plan_list", "calendar3", "p")
ACTIVITIES = Item("活动记录", "activities:activity_list", "flag", "a")
MOTIONS = Item("提案", "congress:motion_list", "file-earmark-text", "t")
NOTICES = Item("校务公开", "congress:notice_list", "megaphone", "n")
MORE = Item("更多", "unionoffice:more", "grid")
RECORD_VISIT = Item("记一笔", "welfare:visit_create", "pen")
RECORD_ACTIVITY = Item("记一笔", "activities:activity_create", "pen")
RECORDS = (replace(RECORD_VISIT, label="慰问"), replace(RECORD_ACTIVITY, label="活动"))

MENU: list[tuple[str | None, list[Item]]] = [
    (None, [HOME]),
    (
        "日常",
        [PLANS, ACTIVITIES, Item("慰问帮扶", "welfare:visit_list", "heart", "v")],
    ),
    (
        "民主管理",
        [Item("教代会", "congress:congress_list", "people", "c"), MOTIONS, NOTICES],
    ),
    (
        "组织与文书",
        [
            Item("会员名册", "members:member_list", "person-lines-fill", "m"),
            Item("工会组织", "members:org_chart", "diagram-3", "o"),
            Item("经费台账", "funds:ledger_list", "wallet2", "f"),
            Item("计划与总结", "reports:report_list", "journal-text", "r"),
        ],
    ),
]
# the pages of one part of the office, side by side on each of them
SECTIONS: dict[str, list[Item]] = {
    "plans": [
        Item("计划", "activities:plan_list", ""),
        Item("月历", "activities:calendar_month", ""),
        Item("节假日和学期", "activities:calendar_days", ""),
    ],
    "activities": [
        Item("活动记录", "activities:activity_list", ""),
        Item("报名", "activities:signup_list", ""),
        Item("参加情况", "activities:attendance_list", ""),
        Item("社团和定期活动", "activities:series_list", ""),
        Item("学习培训", "activities:study_list", ""),
        Item("比赛", "activities:contest_list", ""),
        Item("安全和检查", "activities:check_list", ""),
        Item("阵地", "activities:place_list", ""),
        Item("荣誉", "activities:honour_list", ""),
        Item("评选", "activities:selection_list", ""),
        Item("大事记", "activities:chronicle", ""),
        Item("统计", "activities:activity_figures", ""),
    ],
    "roster": [
        Item("名册", "members:member_list", ""),
        Item("入会申请", "members:application_list", ""),
        Item("会籍变动", "members:move_list", ""),
        Item("资料更正", "members:correction_list", ""),
        Item("退休", "members:retirement_list", ""),
        Item("生日", "members:birthday_list", ""),
        Item("教龄", "members:milestone_list", ""),
        Item("职称", "members:title_list", ""),
        Item("统计", "members:roster_figures", ""),
        Item("通知", "members:message_list", ""),
        Item("账号", "members:account_list", ""),
    ],
    "organisation": [
        Item("组织机构图", "members:org_chart", ""),
        Item("届和选举", "members:term_list", ""),
        Item("职务", "members:office_list", ""),
        Item("工会小组", "members:group_list", ""),
        Item("领导小组", "members:working_group_list", ""),
        Item("制度", "members:regulation_list", ""),
        Item("考核", "members:assessment_list", ""),
    ],
    "funds": [
        Item("经费台账", "funds:ledger_list", ""),
        Item("小组经费", "funds:allotment_list", ""),
    ],
}
# the address of a menu's item -> its part of the office
PARTS = {
    "activities:plan_list": "plans",
    "activities:activity_list": "activities",
    "members:member_list": "roster",
    "members:org_chart": "organisation",
    "funds:ledger_list": "funds",
}
OFFICER_TABS = [HOME, replace(PLANS, label="月历"), RECORD_VISIT, RECORD_ACTIVITY, MOTIONS, MORE]
TEACHER_TABS = [HOME, MOTIONS, NOTICES, replace(ACTIVITIES, label="活动"), MORE]


@lru_cache
def address_of(url_name: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


@lru_cache
def permission_of(url_name: str) -> str | None:
    """The permission of the view at that address; None when the address isn't there."""
    address = address_of(url_name)
    return resolve(address).func.required_permission if address else None


def menu_for(user, path: str, office=None, counts: dict[str, int] | None = None) -> list[Group]:
    """The groups with what `user` may open. `counts` is keyed by address name."""
    allowed = [(label, _allowed(items, user)) for label, items in MENU]
    current = _current([item for _, items in allowed for item in items], path)
    return [
        Group(label, [_entry(item, current, user, office, counts or {}) for item in items])
        for label, items in allowed
        if items
    ]


def everything_for(user, path: str, office=None) -> list[Group]:
    """As menu_for, each item with the pages of its part."""
    parts = {address_of(name): part for name, part in PARTS.items()}
    return [
        replace(group, items=[_with_pages(item, parts.get(item.url), user) for item in group.items])
        for group in menu_for(user, path, office)
    ]


def _with_pages(entry: Entry, part: str | None, user) -> Entry:
    items = _allowed(SECTIONS[part], user) if part else []
    beside = [item for item in items if item.address != entry.url]
    return replace(entry, pages=tuple(_entry(item, None, user, None, {}) for item in beside))


def tabs_for(user, path: str, office=None) -> list[Entry]:
    """The phone's tabs. Where no other tab fits the page, 更多 is the current one."""
    items = _tab_items(user)
    current = _current(items, path) or (MORE if MORE in items else None)
    entries = [_entry(item, current, user, office, {}) for item in items]
    return [replace(each, choices=_choices(user)) if each.raised else each for each in entries]


def _choices(user) -> tuple[Entry, ...]:
    items = _allowed(RECORDS, user)
    return tuple(_entry(item, None, user, None, {}) for item in items) if len(items) > 1 else ()


def section_for(name: str, user, path: str) -> list[Entry]:
    """The pages of a section that `user` may open."""
    items = _allowed(SECTIONS[name], user)
    current = _current(items, path)
    return [_entry(item, current, user, None, {}) for item in items]


def records(user) -> bool:
    """Whether 记一笔 is for this user: a visit, else an activity."""
    return bool(_allowed([RECORD_VISIT, RECORD_ACTIVITY], user))


def _tab_items(user) -> list[Item]:
    if not records(user):
        return _allowed(TEACHER_TABS, user)
    items = _allowed(OFFICER_TABS, user)
    if RECORD_VISIT in items and RECORD_ACTIVITY in items:
        items.remove(RECORD_ACTIVITY)
    return items


def _allowed(items: list[Item], user) -> list[Item]:
    return [item for item in items if item.permission and user.has_perm(item.permission)]


def _current(items: list[Item], path: str) -> Item | None:
    """The item whose address is the longest beginning of the path; home only for itself."""
    fitting = [item for item in items if _fits(item.address, path)]
    return max(fitting, key=lambda item: len(item.address), default=None)


def _fits(url: str, path: str) -> bool:
    return path == url or (url != HOME.address and path.startswith(url))


def _entry(item: Item, current: Item | None, user, office, counts: dict[str, int]) -> Entry:
    return Entry(
        label=_label(item, user, office),
        url=item.address,
        icon=item.icon,
        key=item.key,
        current=item == current,
        count=counts.get(item.url_name),
        raised=item in (RECORD_VISIT, RECORD_ACTIVITY),
    )


def _label(item: Item, user, office) -> str:
    if item == NOTICES and office is not None:
        return office.disclosure_word
    if item == HOME and not records(user):
        return "首页"
    return item.label
