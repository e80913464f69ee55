"""What the roster is narrowed down to, and in which order it stands."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils import timezone

from members import queries
from members.choices import (
    AgeBand,
    Contract,
    EmploymentStatus,
    Gender,
    MembershipStatus,
    Moved,
    OfficeName,
)
from members.queries import LEFT, NONE, SORTED_BY, RosterChoices
from unionoffice.fields import (
    DayInput,
    PeriodField,
    QuickInput,
    filter_choice,
    search_box,
)
from unionoffice.list_filters import ListFilter

ALL = "all"
TABS = [*MembershipStatus.choices, (LEFT, "离开"), (ALL, "全部")]
MOVE_WORDS = dict(Moved.choices)
SORTS = [(sign + key, key) for key in SORTED_BY for sign in ("", "-")]
LEADER_SORTS = frozenset({"name", "group", "department"})
YES, NO = "yes", "no"
# what may not be recorded of someone: filter -> column, and the entry that finds those people
BLANKS = {
    "gender": "没填性别",
    "ethnicity": "没填民族",
    "party": "没填政治面貌",
    "campus": "没填校区",
    "education": "没填学历",
    "title": "没填职称",
    "contract": "没填用工形式",
    "area": "没填片区",
}
IN_WORDS = ("ethnicity", "party", "campus", "education", "title", "area")
ORDER = ("tab", "moved", "period", "sort", "more", "q", "group", "department")
ORDER += ("gender", "employment", "age", "age_from", "age_to", "ethnicity", "party", "campus")
ORDER += ("education", "title", "teacher", "contract", "office", "area", "hobbies")
ORDER += ("joined_from", "joined_to", "lacks", "on")

NO_SUCH_PAGE = {"invalid_choice": "名册里没有这一页，从上面的几页里选。"}
NO_SUCH_ORDER = {"invalid_choice": "名册不能按这个排，点一下表头重新排。"}


def _carried(choices, error_messages) -> forms.ChoiceField:
    """A choice in the page's address that is made elsewhere than in the filter."""
    return forms.ChoiceField(
        choices=choices,
        required=False,
        widget=QuickInput("hidden"),
        error_messages=error_messages,
    )


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=DayInput(),
        error_messages={"invalid": "没有这一天，写成 2026-08-31 这样。"},
    )


class RosterFilter(ListFilter):
    """What anyone may narrow the list by who sees some of it. With `moved`, the list shows who came
    or went within `period`, as of its end; else one tab as of `on` (today)."""

    tab = _carried(TABS, NO_SUCH_PAGE)
    moved = _carried(list(MOVE_WORDS.items()), NO_SUCH_PAGE)
    period = PeriodField()
    sort = _carried(SORTS, NO_SUCH_ORDER)
    q = search_box("姓名、拼音、尾号")
    group = filter_choice("工会小组", "工会小组", [])
    department = filter_choice("部门", "部门", [])
    on = _day("哪天的")

    field_order = ORDER
    sorts = LEADER_SORTS
    has_more = False
    search = staticmethod(queries.named)

    def __init__(self, data, *, choices: RosterChoices):
        super().__init__(data)
        if data.get("moved") in MOVE_WORDS:
            del self.fields["on"]  # the period says which day
        self._offer("group", [(NONE, "没有编组的"), *choices.groups])
        self._offer("department", [(NONE, "没填部门的"), *choices.departments])

    def _offer(self, name: str, choices) -> None:
        """Behind the entry that the field begins with."""
        field = self.fields[name]
        field.choices = [field.choices[0], *choices]

    def clean_tab(self) -> str:
        return self.cleaned_data["tab"] or MembershipStatus.ACTIVE.value

    def clean_sort(self) -> str:
        sort = self.cleaned_data["sort"] or "name"
        if sort.removeprefix("-") not in self.sorts:
            raise forms.ValidationError(NO_SUCH_ORDER["invalid_choice"])
        return sort

    @property
    def move(self) -> str:
        return self.cleaned_data.get("moved", "")

    @property
    def day(self) -> date:
        """The day that the list tells of."""
        period = self.cleaned_data.get("period")
        if self.move and period:
            return period.end
        return self.cleaned_data.get("on") or timezone.localdate()

    @property
    def narrowing(self) -> list[str]:
        """The filters that are set, besides the page of the list, its day and its order."""
        own = ("tab", "moved", "period", "sort", "on", "more")
        return [name for name, value in self.cleaned_data.items() if value and name not in own]

    @property
    def narrowed(self) -> bool:
        return bool(self.narrowing)

    def chosen(self, members):
        """Those of `members` that the (valid) filter leaves."""
        data, members = self.cleaned_data, self.wanted(members)
        if self.move:
            return queries.moved(members, self.move, data["period"])
        return queries.in_tab(members, data["tab"], self.day)

    def wanted(self, members):
        """Those who are asked for, in whichever tab they stand."""
        data = self.cleaned_data
        members = queries.placed_in(members, self.day, data["group"], data["department"])
        return self.search(self.narrower(members), data["q"])

    def narrower(self, members):
        """By what more than a group's leader may narrow by."""
        return members

    def in_order(self, members):
        return queries.ordered(members, self.day, self.cleaned_data["sort"])


class WholeRosterFilter(RosterFilter):
    """For those who see the whole roster."""

    q = search_box("姓名、拼音、工号、尾号")
    gender = filter_choice("性别", "性别", [*Gender.choices, (NONE, BLANKS["gender"])])
    employment = filter_choice("在岗情况", "在岗情况", EmploymentStatus.choices)

    sorts = frozenset(SORTED_BY)
    has_more = True  # conditions that are not shown
    search = staticmethod(queries.matching)

    def narrower(self, members):
        data = self.cleaned_data
        for name in BLANKS.keys() & data.keys():
            if data[name]:
                value = "" if data[name] == NONE else data[name]
                members = members.filter(**{name: value})
        if data["employment"]:
            members = queries.employed_on(members, self.day, [data["employment"]])
        return members


class AgeField(forms.IntegerField):
    def __init__(self, label: str):
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_value=120,
            widget=QuickInput("number", attrs={"min": 0, "max": 120, "class": "age"}),
            error_messages={
                "invalid": "年龄写成数字，例如 40。",
                "min_value": "年龄从 0 到 120。",
                "max_value": "年龄从 0 到 120。",
            },
        )


class FullRosterFilter(WholeRosterFilter):
    """With every condition there is, for those who open them (`more`)."""

    age = filter_choice("年龄", "年龄", [*AgeBand.choices, (NONE, "没填出生日期")])
    age_from = AgeField("年龄从")
    age_to = AgeField("到")
    party = filter_choice("政治面貌", "政治面貌", [])
    campus = filter_choice("校区", "校区", [])
    education = filter_choice("学历", "学历", [])
    title = filter_choice("职称", "职称", [])
    teacher = filter_choice(
        "是不是专任教师", "专任教师", [(YES, "是专任教师"), (NO, "不是专任教师"), (NONE, "没填的")]
    )
    contract = filter_choice(
        "用工形式", "用工形式", [*Contract.choices, (NONE, BLANKS["contract"])]
    )
    lacks = filter_choice("资料齐不齐", "资料齐不齐", [(YES, "资料不全"), (NO, "资料齐全")])
    office = filter_choice("身份", "身份", OfficeName.choices)
    ethnicity = filter_choice("民族", "民族", [])
    area = filter_choice("居住片区", "居住片区", [])
    hobbies = forms.CharField(
        label="特长爱好",
        required=False,
        max_length=40,
        widget=QuickInput("text", attrs={"placeholder": "乒乓球", "class": "word"}),
    )
    joined_from = _day("入会从")
    joined_to = _day("到")
    more = _carried([(YES, YES)], NO_SUCH_PAGE)

    has_more = False
    FURTHER = (
        ("age",),
        ("age_from", "age_to"),
        ("ethnicity",),
        ("party",),
        ("campus",),
        ("education",),
        ("title",),
        ("teacher",),
        ("contract",),
        ("office",),
        ("area",),
        ("lacks",),
        ("hobbies",),
        ("joined_from", "joined_to"),
    )

    def __init__(self, data, *, choices: RosterChoices):
        super().__init__(data, choices=choices)
        for name, words in queries.words_in_use(*IN_WORDS).items():
            self._offer(name, [*zip(words, words, strict=True), (NONE, BLANKS[name])])

    def clean(self):
        data = super().clean()
        low, high = data.get("age_from"), data.get("age_to")
        if low is not None and high is not None and low > high:
            self.add_error("age_to", f"从 {low} 岁到 {high} 岁，前后反了，对调一下。")
        first, last = data.get("joined_from"), data.get("joined_to")
        if first and last and first > last:
            self.add_error("joined_to", f"入会从 {first} 到 {last}，前后反了，对调一下。")
        return data

    @property
    def narrowing(self) -> list[str]:
        zero = [name for name in ("age_from", "age_to") if self.cleaned_data.get(name) == 0]
        return [*super().narrowing, *zero]

    def narrower(self, members):
        data = self.cleaned_data
        members = queries.aged(super().narrower(members), self.day, *self._ages())
        members = queries.aged(members, self.day, data["age_from"], data["age_to"])
        if data["age"] == NONE:
            members = members.filter(birth=None)
        if data["teacher"]:
            members = members.filter(is_teacher={YES: True, NO: False}.get(data["teacher"]))
        if data["office"]:
            members = queries.holding(members, self.day, data["office"])
        if data["hobbies"]:
            members = members.filter(hobbies__icontains=data["hobbies"])
        members = queries.joined_between(members, data["joined_from"], data["joined_to"])
        if data["lacks"]:
            wanted = queries.lacking if data["lacks"] == YES else queries.complete
            return wanted(members, self.day)
        return members

    def _ages(self) -> tuple[int | None, int | None]:
        """The ends of the chosen band."""
        low, _, high = self.cleaned_data["age"].replace(NONE, "").partition("-")
        return (int(low) if low else None, int(high) if high else None)


MORE = frozenset(FullRosterFilter.base_fields) - frozenset(WholeRosterFilter.base_fields)


def roster_filter(data, *, choices: RosterChoices, whole: bool) -> RosterFilter:
    """The filter that an address asks for. `whole`: for who sees the whole roster. The further
    conditions are there only when they are opened or set: few look for them."""
    if not whole:
        return RosterFilter(data, choices=choices)
    full = any(data.get(name) for name in MORE)
    return (FullRosterFilter if full else WholeRosterFilter)(data, choices=choices)


def filter_query(data: QueryDict) -> str:
    """What of an address tells the list: without the page, and what is empty or none of its own."""
    query = QueryDict(mutable=True)
    for name in ORDER:
        if data.get(name):
            query[name] = data[name]
    return query.urlencode()
