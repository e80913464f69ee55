"""What an activity of some kinds is asked beside: study, check, the stages of a competition. They
stand in the form of the activity; only those of its kind are saved."""

import re

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from activities import rules
from activities.actions import Details
from activities.choices import ActivityKind, Level, StudyForm
from activities.forms.wording import for_choice, for_text
from activities.models import Activity, Check, ContestStage, Study
from activities.queries.kinds import CHECKS
from unionoffice.concurrent import ConcurrentForm
from unionoffice.errors import RuleBroken
from unionoffice.fields import LONGEST_KEY, DayField, QuickSelect
from unionoffice.forms import PlainWords

BLANK_STAGES = 2  # rows to write a stage into, beside those that are there
MOST_STAGES = 20
STAGE_KEY = re.compile(rf"new\d{{1,2}}|\d{{1,{LONGEST_KEY}}}")
WHOLE = {
    "invalid": "写整数，例如 3；不知道就留空。",
    "min_value": "不会是负数，不知道就留空。",
    "max_value": "太多了，看看是不是多按了几个零。",
}
HOURS = {
    "invalid": "学时写数字，例如 2 或 1.5。",
    "max_decimal_places": "学时的小数点后最多一位，例如 1.5。",
    "max_digits": "学时太多了，看看是不是多按了几个零。",
    "max_whole_digits": "学时太多了，看看是不是多按了几个零。",
}


BOUNDS = {
    "courses": rules.check_courses,
    "hours": rules.check_study_hours,
    "papers": rules.check_papers,
}


class PartForm(PlainWords, ConcurrentForm):
    """A part of the activity's form. It compares with what it showed also where nothing was stored
    yet: another one may have written it since."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        if "seen" not in self.fields:
            self.fields["seen"] = forms.JSONField(required=False, widget=forms.HiddenInput)
            self.initial["seen"] = self._shown

    def hush(self) -> None:
        """Draw what was sent without judging it."""
        if self.is_bound:
            self._errors = ErrorDict()

    def kept(self) -> tuple:
        return self.save(commit=False), frozenset(self.untouched)

    def details(self) -> Details:
        return Details((self.kept(),))


class StudyPart(PartForm):
    class Meta:
        model = Study
        fields = ["form", "topic", "teacher", "courses", "hours", "papers", "result"]
        widgets = {
            "form": QuickSelect,
            "courses": forms.NumberInput(attrs={"inputmode": "numeric", "min": 1}),
            "hours": forms.TextInput(attrs={"inputmode": "decimal"}),
            "papers": forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
        }
        labels = {
            "courses": "几期",
            "hours": "学时",
            "papers": "收到的文章、答卷",
            "result": "学习结果",
        }
        help_texts = {"courses": "办了几期就写几，一期写 1"}
        error_messages = {
            "form": for_choice("学习培训选一种形式，例如讲座、培训。"),
            "topic": for_text(),
            "teacher": for_text(),
            "result": for_text(),
            "courses": WHOLE,
            "papers": WHOLE,
            "hours": HOURS,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [("", "选一种"), *StudyForm.choices]

    def clean(self):
        data = super().clean()
        for name, check in BOUNDS.items():
            try:
                check(data.get(name))
            except RuleBroken as refusal:
                self.add_error(name, str(refusal))
        return data


class CheckPart(PartForm):
    mended_on = DayField(label="哪天整改好", required=False, help_text="还没整改好就空着")

    class Meta:
        model = Check
        fields = ["checked_by", "scope", "problems", "mended_on", "result"]
        widgets = {"problems": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"problems": "没有问题就空着；写了又没整改好的，会一直提醒"}
        error_messages = {
            "checked_by": for_text(),
            "scope": for_text(),
            "problems": for_text(),
            "result": for_text(),
        }

    def details(self) -> Details:
        """Nothing, as long as nothing was written."""
        said = any(self.cleaned_data.get(name) for name in self._meta.fields)
        return super().details() if self.instance.pk or said else Details()

    def clean(self):
        data = super().clean()
        if data.get("mended_on") and not data.get("problems"):
            self.add_error("problems", "写了哪天整改好，也写上是什么问题。")
        return data


class StagePart(PartForm):
    drop = forms.BooleanField(label="去掉这一级", required=False)
    day = DayField(label="哪天", required=False)

    class Meta:
        model = ContestStage
        fields = ["level", "day", "host", "team", "result", "awarded"]
        widgets = {"level": QuickSelect}
        error_messages = {
            "level": for_choice("选这是哪一级的比赛。"),
            "host": for_text(),
            "team": for_text(),
            "result": for_text(),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [("", "选一级"), *Level.choices]

    @property
    def dropped(self) -> bool:
        return bool(self.data.get(self.add_prefix("drop")))

    @property
    def is_left_out(self) -> bool:
        """A row to write a stage into, where nobody wrote any."""
        said = any(self.data.get(self.add_prefix(name)) for name in self._meta.fields)
        return self.is_new and (self.dropped or not said)

    def clean(self):
        data = super().clean()
        if data.get("awarded") and not data.get("result") and "result" not in self.errors:
            self.add_error("result", "获了奖就写上成绩，例如二等奖。")
        return data

    def _ask_about_overtaken(self, data: dict, seen: dict) -> None:
        """Who takes a row off is asked, too, when another one wrote something else into it."""
        super()._ask_about_overtaken(data, seen)
        if not data.get("drop") or self.errors:
            return
        stored = self._shown()
        if any(stored[name] != seen.get(name) for name in self._meta.fields):
            self.add_error("drop", "这一级刚被改过，看一看；还要去掉，就再保存一次。")
            self._show_stored(stored)

    def _show_stored(self, stored: dict[str, str]) -> None:
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = self.fields["seen"].prepare_value(stored)
        for name in self._meta.fields:
            self.data[self.add_prefix(name)] = stored[name] if stored[name] != "False" else ""


class StageRows:
    """The stages of one competition. Each row has a key of its own: that of the stored stage, or
    new0, new1; so a row that another one added or took off shifts none."""

    def __init__(self, data: QueryDict | None, activity: Activity | None):
        stored = list(activity.stages.all()) if activity and activity.pk else []
        self.stored = {str(stage.pk): stage for stage in stored}
        self.data = data
        self.lost: list[StagePart] = []
        posted = data.getlist("stage")[:MOST_STAGES] if data is not None else []
        keys = [key for key in posted if STAGE_KEY.fullmatch(key)]
        self.rows = [self._bound(key) for key in dict.fromkeys(keys)]
        self.others = [self._shown(key) for key in self.stored if key not in keys]
        if not keys:
            self.others += [self._shown(f"new{number}") for number in range(BLANK_STAGES)]

    @property
    def shown(self) -> list[StagePart]:
        return [*self.rows, *self.others]

    def _shown(self, key: str) -> StagePart:
        return self._part(None, key)

    def _bound(self, key: str) -> StagePart:
        part = self._part(self.data, key)
        if key.isdigit() and key not in self.stored:
            self.lost.append(part)
        return part

    def _part(self, data: QueryDict | None, key: str) -> StagePart:
        part = StagePart(data, prefix=f"stage{key}", instance=self.stored.get(key))
        part.key = key
        part.is_new = key not in self.stored
        return part

    def is_valid(self) -> bool:
        fitting = [self._fits(row) for row in self.rows]  # each of them is judged
        return all(fitting)

    def _fits(self, row: StagePart) -> bool:
        if row in self.lost:
            return self._fits_lost(row)
        return row.is_left_out or row.is_valid()

    def _fits_lost(self, row: StagePart) -> bool:
        """Someone else took it off: so be it, unless more was written into it here."""
        if row.dropped or not self._typed(row):
            return True
        self._take_for_new(row)
        return False

    def _typed(self, row: StagePart) -> bool:
        """Whether something else stands there than what the page showed."""
        row.full_clean()
        return not row.untouched.issuperset(row._meta.fields)

    def _take_for_new(self, row: StagePart) -> None:
        """The next save takes it for a row that was added."""
        taken = {part.key for part in (*self.rows, *self.others)}
        key = next(f"new{n}" for n in range(100) if f"new{n}" not in taken)
        data = row.data.copy()
        for name in row._meta.fields:
            if row.add_prefix(name) in data:
                data[f"stage{key}-{name}"] = data[row.add_prefix(name)]
        new = self._part(data, key)
        new.full_clean()
        new.add_error("level", "这一级刚被别人去掉了；还要它，就再保存一次，会重新加上。")
        self.rows[self.rows.index(row)] = new

    def details(self) -> Details:
        counted = [row for row in self.rows if row not in self.lost and not row.is_left_out]
        kept = tuple(row.kept() for row in counted if not row.dropped)
        return Details(kept, tuple(row.instance for row in counted if row.dropped))


class KindParts:
    """The parts of the form for the kinds that ask more; the one of the `kind` counts."""

    def __init__(self, data: QueryDict | None, activity: Activity, kind: str):
        stored = {"study": None, "check_result": None}
        if activity.pk:
            stored["study"] = Study.objects.filter(activity=activity).first()
            stored["check_result"] = Check.objects.filter(activity=activity).first()
        self.study = StudyPart(data, prefix="study", instance=stored["study"])
        self.check = CheckPart(data, prefix="check", instance=stored["check_result"])
        self.stages = StageRows(data, activity)
        self._hush(kind)

    def _hush(self, kind: str) -> None:
        """What other kinds ask is drawn as it was sent, without a word on what it lacks."""
        self.chosen = {ActivityKind.STUDY: self.study, ActivityKind.CONTEST: self.stages}.get(kind)
        if kind in CHECKS:
            self.chosen = self.check
        if self.chosen is not self.stages:
            for row in self.stages.rows:
                row.hush()
        for part in (self.study, self.check):
            if part is not self.chosen:
                part.hush()

    @property
    def written(self) -> list[PartForm]:
        """The forms of the kind that was chosen, as far as something stands in them."""
        if self.chosen is self.stages:
            return [row for row in self.stages.rows if not row.is_left_out]
        return [self.chosen] if self.chosen else []

    def is_valid(self) -> bool:
        return self.chosen is None or self.chosen.is_valid()

    def details(self) -> Details:
        return self.chosen.details() if self.chosen else Details()
