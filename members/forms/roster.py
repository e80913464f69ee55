"""What the roster is narrowed down to."""

from datetime import date

from django import forms
from django.utils import timezone

from members.choices import EmploymentStatus, Gender, MembershipStatus
from members.queries import LEFT, employed_on, in_tab, joined_in, left_in, matching, placed_in
from unionoffice.fields import DayField, DayInput, PeriodField, filter_choice, search_box

ALL = "all"
TABS = [*MembershipStatus.choices, (LEFT, "离开"), (ALL, "全部")]
MOVES = {"joined": joined_in, LEFT: left_in}
MOVE_WORDS = {"joined": "新入会", LEFT: "离开"}
NARROWING = ("q", "group", "department", "gender", "employment")

NO_SUCH_PAGE = {"invalid_choice": "名册里没有这一页，从上面的几页里选。"}


class RosterFilter(forms.Form):
    """`groups` and `departments` are what the user may choose from. With `moved`, the list shows
    who came or went within `period`, as of its end; else one tab as of `on` (today)."""

    tab = forms.ChoiceField(
        choices=TABS, required=False, widget=forms.HiddenInput, error_messages=NO_SUCH_PAGE
    )
    moved = forms.ChoiceField(
        choices=list(MOVE_WORDS.items()),
        required=False,
        widget=forms.HiddenInput,
        error_messages=NO_SUCH_PAGE,
    )
    period = PeriodField()
    q = search_box("姓名、拼音、工号、尾号")
    group = filter_choice("工会小组", "工会小组", [])
    department = filter_choice("部门", "部门", [])
    gender = filter_choice("性别", "性别", Gender.choices)
    employment = filter_choice("在岗情况", "在岗情况", EmploymentStatus.choices)
    on = forms.DateField(
        label="哪天的",
        required=False,
        widget=DayInput(),
        error_messages={"invalid": "没有这一天，写成 2026-08-31 这样。"},
    )

    def __init__(self, data, *, groups, departments):
        super().__init__(data)
        self.fields["group"].choices = [("", "工会小组"), *groups]
        self.fields["department"].choices = [("", "部门"), *departments]

    def clean_tab(self) -> str:
        return self.cleaned_data["tab"] or MembershipStatus.ACTIVE.value

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
    def narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in NARROWING)

    def chosen(self, members):
        """The members that the (valid) filter leaves."""
        data = self.cleaned_data
        if self.move:
            members = MOVES[self.move](members, data["period"])
        else:
            members = in_tab(members, data["tab"], self.day)
        members = placed_in(members, self.day, data["group"], data["department"])
        if data["gender"]:
            members = members.filter(gender=data["gender"])
        if data["employment"]:
            members = employed_on(members, self.day, [data["employment"]])
        return matching(members, data["q"])


class GroupFilter(forms.Form):
    """The groups of a day, instead of today's."""

    on = DayField(required=False)
