"""Terms of the union committee."""

from django import forms

from members.models import Term
from members.rules.terms import TERM_YEARS, term_end
from unionoffice.concurrent import ConcurrentForm
from unionoffice.fields import DayField
from unionoffice.forms import PlainWords, chips, plain_helper
from unionoffice.numerals import chinese_number

OTHER = "other"
YEARS = [(str(years), f"{chinese_number(years)}年") for years in TERM_YEARS]


class TermForm(PlainWords, ConcurrentForm):
    """`held`: how many hold a committee's office and say of no term, which a new term may take."""

    together = (frozenset({"start", "years", "planned_end"}),)

    years = forms.ChoiceField(
        label="一届几年",
        choices=[*YEARS, (OTHER, "另定")],
        initial=YEARS[0][0],
        widget=forms.RadioSelect,
        help_text="《中国工会章程》定的是三年或五年",
    )
    take_current = forms.BooleanField(label="", required=False, initial=True)

    class Meta:
        model = Term
        fields = ["number", "start", "planned_end"]
        field_classes = {"start": DayField, "planned_end": DayField}
        help_texts = {"number": "写数字，第八届写 8", "planned_end": "选了“另定”才填"}
        error_messages = {
            "number": dict.fromkeys(
                ("invalid", "min_value", "max_value"), "写数字，第八届写 8，最多到 99。"
            )
        }

    def __init__(self, *args, held: int = 0, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["planned_end"].required = False
        self.fields["take_current"].label = f"现在任职的 {held} 位委员都记进这一届"
        if not held:
            del self.fields["take_current"]
        if self.instance.pk:
            self.initial["years"] = self._years()

    def _years(self) -> str:
        term = self.instance
        fitting = [y for y, _ in YEARS if term_end(term.start, int(y)) == term.planned_end]
        return next(iter(fitting), OTHER)

    @property
    def helper(self):
        taken = ["take_current"] if "take_current" in self.fields else []
        return plain_helper("number", "start", chips("years"), "planned_end", *taken)

    def clean_number(self):
        number = self.cleaned_data["number"]
        if not 1 <= number <= 99:
            raise forms.ValidationError("写数字，第八届写 8，最多到 99。")
        return number

    def clean(self):
        data = super().clean()
        start, years = data.get("start"), data.get("years")
        if years and years != OTHER and start:
            data["planned_end"] = term_end(start, int(years))
        elif years == OTHER and not data.get("planned_end") and "planned_end" not in self.errors:
            self.add_error("planned_end", "写上任期到哪天，或者选三年、五年。")
        return data
