"""The record of an honour, and what narrows the list of them."""

from crispy_forms.layout import HTML, Div, Field
from django import forms

from activities.choices import HolderKind, Level
from activities.forms.filters import PeriodFilter
from activities.models import Honour
from members.forms.fields import LATELY, PartialDateField, PersonPicker
from members.queries.called import people_named
from unionoffice.concurrent import ConcurrentForm
from unionoffice.fields import (
    FilesField,
    QuickSelect,
    filter_choice,
    search_box,
)
from unionoffice.forms import PlainWords, chips, plain_helper

HOLDERS = [
    ("single", "个人"),
    ("together", "集体（小组、队、工会、学校）"),
    *HolderKind.choices[1:],
]


class HonourFilter(PeriodFilter):
    q = search_box("荣誉、姓名、授予单位、文号")
    level = filter_choice("级别", "全部级别", Level.choices)
    holder = filter_choice("给谁的", "个人和集体", HOLDERS)
    contest = filter_choice("比赛得的", "荣誉和比赛", [("yes", "比赛得的"), ("no", "不是比赛得的")])

    field_order = ["q", "period", "level", "holder", "contest"]


class HonourForm(PlainWords, ConcurrentForm):
    """`people`: whom it may name; `groups` and `contests` to choose from. A new record may name
    several people: each gets a row of the own."""

    together = (frozenset({"holder", "member", "more", "group", "team"}),)

    when = PartialDateField(label="哪天", example=LATELY)
    more = forms.CharField(
        label="还有谁",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="同一个荣誉发给几个人：写姓名，用顿号隔开，每人记一条；重名的写上工号，例如 王芳 0600011",
    )
    files = FilesField(label="证书、文件的扫描件")

    class Meta:
        model = Honour
        fields = [
            "title",
            "level",
            "awarding_body",
            "holder",
            "member",
            "group",
            "team",
            "document_number",
            "is_contest",
            "activity",
            "note",
        ]
        widgets = {
            "level": forms.RadioSelect,
            "holder": forms.RadioSelect,
            "member": PersonPicker,
            "group": QuickSelect,
            "activity": QuickSelect,
        }
        help_texts = {
            "title": "例如：优秀工会工作者、教职工气排球赛一等奖",
            "awarding_body": "例如：示例市教育工会",
            "document_number": "例如：示教工〔2026〕12号，没有就空着",
            "team": "例如：女子气排球队、语文组",
            "activity": "比赛得的，选是哪一次",
        }
        error_messages = {
            "title": {"required": "写上是什么荣誉。"},
            "level": {"required": "选一个级别。"},
            "awarding_body": {"required": "写上由谁授予，例如：示例市教育工会。"},
            "holder": {"required": "选一下给谁的。"},
            "member": {"invalid_choice": "名册里没有这个人，从找到的人里选一位。"},
        }

    field_order = [
        "title", "level", "awarding_body", "when", "holder", "member", "more", "group", "team",
        "document_number", "is_contest", "activity", "note", "files",
    ]  # fmt: skip

    def __init__(self, *args, people, groups, contests, **kwargs):
        super().__init__(*args, **kwargs)
        self.people: list = []
        self.fields["member"].queryset = people
        self.fields["group"].queryset, self.fields["group"].empty_label = groups, "没有"
        self.fields["activity"].queryset = contests
        self.fields["activity"].empty_label = "没有记活动"
        self.fields["level"].choices = Level.choices
        self.fields["holder"].choices = HolderKind.choices
        if self.instance.pk:
            self.initial["when"] = (self.instance.day, self.instance.precision)
            del self.fields["more"]
        self.initial.setdefault("holder", HolderKind.MEMBER)
        self.helper = plain_helper(*self._layout())

    def _layout(self) -> tuple:
        """Only what belongs to the chosen holder shows, by the style sheet."""
        more = ["more"] if "more" in self.fields else []
        known = self.instance.pk or self.is_bound or self.initial.get("activity")
        return (
            "title",
            chips("level"),
            "awarding_body",
            Field("when", wrapper_class="short"),
            chips("holder"),
            Div("member", *more, css_class="for-member"),
            Div("group", css_class="for-group"),
            Div("team", css_class="for-team"),
            HTML(f'<details class="more-fields"{" open" * bool(known)}><summary>文号、比赛、备注'
                 '<span class="opt">可以以后再补</span></summary>'),
            "document_number",
            "is_contest",
            "activity",
            "note",
            HTML("</details>"),
        )  # fmt: skip

    def clean(self):
        data = super().clean()
        self._settle_day(data)
        self._settle_holder(data)
        return data

    def _settle_day(self, data: dict) -> None:
        day, precision = data.get("when") or (None, None)
        if day:
            self.instance.day, self.instance.precision = day, precision
        elif "when" not in self.errors:
            self.add_error("when", f"写上哪天得的。{self.fields['when'].example}。")

    def _settle_holder(self, data: dict) -> None:
        """What belongs to another kind of holder is let go."""
        holder = data.get("holder")
        for name, own in (
            ("member", HolderKind.MEMBER),
            ("group", HolderKind.GROUP),
            ("team", HolderKind.TEAM),
        ):
            if holder and holder != own:
                data[name] = "" if name == "team" else None
        if holder == HolderKind.MEMBER:
            self._settle_people(data)
        elif holder == HolderKind.GROUP and not data.get("group"):
            self.add_error("group", "选是哪个小组。")
        elif holder == HolderKind.TEAM and not data.get("team"):
            self.add_error("team", "写上是哪个集体。")

    def _settle_people(self, data: dict) -> None:
        found, refused = people_named(self.fields["member"].queryset, data.get("more") or "")
        for sentence in refused:
            self.add_error("more", sentence)
        named = [data["member"]] if data.get("member") else []
        self.people = list(dict.fromkeys([*named, *found]))
        if not self.people and not self.errors.keys() & {"member", "more"}:
            self.add_error("member", "写上给了谁，从找到的人里选一位。")
        elif self.people:
            data["member"] = self.people[0]

    @property
    def honours(self) -> list[Honour]:
        """One for each of the people; one, where it is no single person's."""
        first = self.save(commit=False)
        if not self.people:
            return [first]
        own = ("id", "member_id")
        names = [f.attname for f in Honour._meta.concrete_fields if f.attname not in own]
        values = {name: getattr(first, name) for name in names}
        return [first, *(Honour(**values, member=person) for person in self.people[1:])]
