"""Elections: the draft, who stands, the count, and what was reported."""

from django import forms

from members.forms.fields import PersonPicker
from members.models import Candidate, Election
from members.rules.terms import BODIES
from unionoffice.concurrent import ConcurrentForm
from unionoffice.fields import DayField, FilesField
from unionoffice.forms import PlainWords, chips, plain_helper

NOT_A_NUMBER = "写 0 或者更大的整数，不知道就空着。"
NUMBER_ERRORS = dict.fromkeys(("invalid", "min_value", "max_value"), NOT_A_NUMBER)
MOST = 100_000  # people, ballots
OFFICE_CHOICES = [
    (body, [(office.value, office.label) for office in offices]) for body, offices in BODIES
]


class ElectionForm(PlainWords, ConcurrentForm):
    class Meta:
        model = Election
        fields = ["kind", "day", "note"]
        field_classes = {"day": DayField}
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "day": "当选的人从这天起任职",
            "note": "例如：会员代表大会，无记名投票，差额选举",
        }
        error_messages = {"kind": {"required": "选一样：换届选举，还是补选。"}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = self.fields["kind"].choices[-2:]

    helper = plain_helper(chips("kind"), "day", "note")


class CandidateForm(PlainWords, forms.ModelForm):
    """`members`: the people that may be named."""

    class Meta:
        model = Candidate
        fields = ["member", "office"]
        labels = {"member": "谁", "office": "什么职务"}
        widgets = {"member": PersonPicker}
        error_messages = {
            "member": {
                "required": "写上是谁，从找到的人里选一位。",
                "invalid_choice": "名册里没有这个人，从找到的人里选一位。",
            },
        }

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members
        self.fields["office"] = forms.ChoiceField(
            label="什么职务",
            choices=[("", "选一个职务"), *OFFICE_CHOICES],
            error_messages={
                "required": "选一个职务。",
                "invalid_choice": "没有这个职务，重新选一个。",
            },
        )

    helper = plain_helper("member", "office")


class NumberField(forms.IntegerField):
    """A number of people or ballots; empty where nobody knows it."""

    def __init__(self, **kwargs):
        own = {"required": False, "min_value": 0, "max_value": MOST}
        super().__init__(**(own | {"error_messages": NUMBER_ERRORS} | kwargs))


class CountForm(PlainWords, ConcurrentForm):
    """The numbers of the count, and of each candidate the votes and whether elected."""

    class Meta:
        model = Election
        fields = ["entitled", "present", "ballots_issued", "ballots_returned", "ballots_valid"]
        field_classes = dict.fromkeys(fields, NumberField)
        help_texts = {"entitled": "会员，开代表大会的是代表", "present": "签到的人数"}

    def __init__(self, *args, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        for row in candidates:
            self.initial |= {f"votes_{row.pk}": row.votes, f"elected_{row.pk}": row.elected}
            self.fields[f"votes_{row.pk}"] = NumberField(label=f"{row}得票")
            self.fields[f"elected_{row.pk}"] = forms.BooleanField(
                label=f"{row}当选", required=False
            )
            self.fields[f"votes_{row.pk}"].widget.attrs["class"] = "form-control"
            self.fields[f"elected_{row.pk}"].widget.attrs["class"] = "form-check-input"

    helper = plain_helper(*Meta.fields)

    @property
    def rows(self):
        """(candidate, field of the votes, field of elected)."""
        return [(c, self[f"votes_{c.pk}"], self[f"elected_{c.pk}"]) for c in self.candidates]

    @property
    def votes(self) -> dict[int, tuple[int | None, bool]]:
        """Of those candidates that the page showed."""
        data = self.cleaned_data
        shown = [c.pk for c in self.candidates if f"votes_{c.pk}" in self.data]
        return {pk: (data[f"votes_{pk}"], data[f"elected_{pk}"]) for pk in shown}


class ReportForm(PlainWords, ConcurrentForm):
    files = FilesField(label="附件")

    class Meta:
        model = Election
        fields = ["reported_on", "report_number", "approved_on", "approval_number"]
        field_classes = {"reported_on": DayField, "approved_on": DayField}
        help_texts = {"report_number": "例如：三中工〔2026〕5号"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["files"].widget.attrs["class"] = "form-control"

    helper = plain_helper(*Meta.fields)
