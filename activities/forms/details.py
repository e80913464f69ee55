"""Small forms on the page of an activity: prizes, documents, what was put right, calling off."""

import re

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.db.models import Q

from activities.forms.wording import NOT_OFFERED, for_text
from activities.models import Prize
from members.forms.fields import SuggestInput
from members.models import Member
from unionoffice.concurrent import ConcurrentForm
from unionoffice.fields import DayField, FilesField, QuickSelect, ReasonField, SeveralFiles
from unionoffice.forms import plain_helper

DOCUMENT_WORDS = ("通知", "方案", "签到表", "小结", "评分表", "发票", "新闻稿")
AWARD_WORDS = ("一等奖", "二等奖", "三等奖", "优秀奖", "第一名", "第二名", "第三名", "组织奖")
BETWEEN_NAMES = re.compile(r"[、，,；;\s]+")
MOST_WINNERS = 60
ONE_EACH = "一行写一种：写了名字，就不写小组和队；小组和队只写一样。"


class PrizeForm(ConcurrentForm):
    """`winners`: names or 工号 of people of the roster among the `members`; without script too."""

    together = (frozenset({"winners", "group", "team"}),)
    winners = forms.CharField(
        label="谁",
        required=False,
        max_length=600,
        help_text="姓名或工号，几个人用顿号隔开，一人一行记下",
        error_messages=for_text(),
    )

    class Meta:
        model = Prize
        fields = ["event", "award", "group", "team", "people"]
        widgets = {"group": QuickSelect, "award": SuggestInput(AWARD_WORDS)}
        help_texts = {
            "event": "几个项目的比赛才写，例如男子单打",
            "people": "只知道人数时写，例如一等奖 13 名",
        }
        error_messages = {
            "event": for_text(),
            "award": for_text("写上名次或奖项，例如一等奖。"),
            "team": for_text(),
            "group": {"invalid_choice": NOT_OFFERED},
            "people": {
                "required": "写上几名。",
                "invalid": "写整数，例如 13。",
                "min_value": "至少是 1。",
                "max_value": "太多了，看看是不是多按了几个零。",
            },
        }

    def __init__(self, *args, members, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = members
        self.found: list[Member] = []
        self.fields["group"].queryset = groups
        self.fields["group"].empty_label = "不是小组"
        if self.instance.member_id:
            self.initial["winners"] = self.instance.member.name
        self.helper = plain_helper()
        self.helper.layout = Layout(
            Div(Field("award"), Field("event"), css_class="two even pair"),
            Field("winners"),
            Div(Field("group"), Field("team"), css_class="two even pair"),
            Field("people", wrapper_class="short"),
        )

    def clean_winners(self) -> str:
        text = self.cleaned_data["winners"]
        names = list(dict.fromkeys(name for name in BETWEEN_NAMES.split(text) if name))
        if len(names) > MOST_WINNERS:
            raise forms.ValidationError(f"一次最多 {MOST_WINNERS} 人，分几次记。")
        if self.instance.pk and len(names) > 1:
            raise forms.ValidationError("这一行只写一个人；别的人另加一行。")
        self.found = self._people(names)
        return text

    def _people(self, names: list[str]) -> list[Member]:
        called: dict[str, list[Member]] = {}
        for member in self.members.filter(Q(name__in=names) | Q(staff_no__in=names)):
            for key in {member.name, member.staff_no} & set(names):
                called.setdefault(key, []).append(member)
        return [self._one(name, called.get(name, [])) for name in names]

    def _one(self, name: str, called: list[Member]) -> Member:
        kept = [member for member in called if member.pk == self.instance.member_id]
        if len(kept or called) == 1:
            return (kept or called)[0]
        if not called:
            sentence = f"名册里没有“{name}”，核对一下；不在名册里的，写在“哪个队”里。"
        else:
            sentence = f"名册里有 {len(called)} 位“{name}”，写工号。"
        raise forms.ValidationError(sentence)

    def clean(self):
        data = super().clean()
        kinds = [bool(data.get(name)) for name in ("winners", "group", "team")]
        if sum(kinds) > 1:
            self.add_error("winners", ONE_EACH)
        if data.get("winners") and (data.get("people") or 1) > 1:
            self.add_error("people", "写了名字，一人一名，这里写 1。")
        if "winners" not in self.untouched:
            self.instance.member = self.found[0] if self.instance.pk and self.found else None
        return data


class DocumentForm(forms.Form):
    label = forms.CharField(
        label="是什么",
        required=False,
        max_length=20,
        widget=SuggestInput(DOCUMENT_WORDS),
        help_text="例如通知、方案、签到表、小结。写“签到表”的，只有管名单的人看得到",
        error_messages=for_text(),
    )
    files = FilesField(
        label="文件",
        widget=SeveralFiles({"accept": ".pdf,.docx,.xlsx,image/jpeg,image/png,image/webp"}),
        help_text="照片加在上面的“照片”里；这里传扫描件、文稿",
    )
    helper = plain_helper()

    def clean_files(self) -> list:
        if not self.cleaned_data["files"]:
            raise forms.ValidationError("选一个文件。")
        return self.cleaned_data["files"]


class DocumentLabelForm(forms.Form):
    label = forms.CharField(
        label="是什么",
        required=False,
        max_length=20,
        widget=SuggestInput(DOCUMENT_WORDS),
        help_text="写“签到表”的，只有管名单的人看得到",
        error_messages=for_text(),
    )
    helper = plain_helper()


class RemoveForm(forms.Form):
    reason = ReasonField(
        label="为什么去掉", error_messages={"required": "写上为什么去掉，例如：传错了文件。"}
    )
    helper = plain_helper()


class OffForm(forms.Form):
    reason = ReasonField(
        label="为什么不办了",
        error_messages={"required": "写上为什么不办了，报了名的人看得到。"},
    )
    helper = plain_helper()


class MendForm(forms.Form):
    day = DayField(label="哪天整改好", error_messages={"required": "写上哪天整改好。"})
    helper = plain_helper()
