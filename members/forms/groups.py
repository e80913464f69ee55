"""Groups: set up, changed, dissolved."""

from django import forms

from members.models import UnionGroup
from unionoffice.concurrent import ConcurrentForm
from unionoffice.fields import DayField
from unionoffice.forms import PlainWords, chips, plain_helper
from unionoffice.list_filters import ListFilter

MOST_ORDER = 32767  # what every database keeps of a PositiveSmallIntegerField
ORDER_ERRORS = dict.fromkeys(
    ("required", "invalid", "min_value", "max_value"), "排序写 0 到 32767 的整数，不用排就写 0。"
)
NOWHERE = "none"


class OnDay(ListFilter):
    """The organisation as it was on another day than today."""

    on = DayField(label="哪天的", required=False)


class GroupForm(PlainWords, ConcurrentForm):
    order = forms.IntegerField(
        label="排序",
        initial=0,
        min_value=0,
        max_value=MOST_ORDER,
        help_text="小的在前，一样大的按登记先后",
        error_messages=ORDER_ERRORS,
    )

    class Meta:
        model = UnionGroup
        fields = ["name", "kind", "order"]
        widgets = {"kind": forms.RadioSelect}
        labels = {"name": "名称"}
        error_messages = {"name": {"required": "写上小组的名称，例如：语文组。"}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = UnionGroup._meta.get_field("kind").choices
        self.fields["kind"].required = False

    helper = plain_helper("name", chips("kind"), "order")

    def clean_kind(self):
        return self.cleaned_data["kind"] or self.fields["kind"].initial


class DissolveForm(PlainWords, forms.Form):
    """`others`: the groups that could take the people; asked for when there are any `people`."""

    last_day = DayField(
        label="最后一天",
        help_text="人从第二天起在新的小组，小组长到这天为止",
        error_messages={"required": "写上小组的最后一天。"},
    )
    to = forms.ChoiceField(
        label="人移到哪个小组",
        error_messages={
            "required": "选一个小组，或者选“不编组”。",
            "invalid_choice": "没有这个小组，重新选一个。",
        },
    )

    def __init__(self, *args, others, people: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.others = {str(group.pk): group for group in others}
        if people:
            names = [(key, str(group)) for key, group in self.others.items()]
            self.fields["to"].choices = [("", "选一个"), *names, (NOWHERE, "不编组")]
        else:
            del self.fields["to"]

    helper = plain_helper()

    @property
    def answer(self) -> dict:
        """What actions.dissolve_group takes."""
        to = self.others.get(self.cleaned_data.get("to", ""))
        return {"last_day": self.cleaned_data["last_day"], "to": to}
