"""The chapters of a plan, all on one page: each a form of its own, so that who writes in one does
not overwrite another."""

from dataclasses import dataclass

from django import forms

from activities.forms.wording import for_text
from activities.models import Plan, PlanSection
from unionoffice.concurrent import ConcurrentForm

SUGGESTED = ("指导思想", "总体目标", "具体目标", "主要工作", "主要措施")
LINE = 34  # characters of a line of the text field, about
FEWEST_LINES, MOST_LINES = 4, 30


class SectionForm(ConcurrentForm):
    class Meta:
        model = PlanSection
        fields = ["title", "body"]
        widgets = {"title": forms.TextInput, "body": forms.Textarea}
        error_messages = {"title": for_text(), "body": for_text()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs["class"] = "form-control section-title"
        lines = sum(1 + len(line) // LINE for line in self.instance.body.splitlines())
        rows = min(MOST_LINES, max(FEWEST_LINES, lines + 1))
        self.fields["body"].widget.attrs |= {"rows": rows, "class": "form-control grows"}


@dataclass
class Sections:
    """The forms of the page; `lost`: what was typed into chapters that someone took out since."""

    forms: list[SectionForm]
    lost: list[tuple[str, str]]

    @classmethod
    def of(cls, plan: Plan, data=None) -> "Sections":
        forms_ = [
            SectionForm(data if _is_in(data, s) else None, instance=s, prefix=f"s{s.pk}")
            for s in plan.sections.all()
        ]
        return cls(forms_, _lost(data, {form.instance.pk for form in forms_}))

    def is_valid(self) -> bool:
        """Each is asked, so that each says what is wrong."""
        valid = [form.is_valid() for form in self.forms if form.is_bound]
        return all(valid)

    @property
    def changed(self) -> list[SectionForm]:
        return [form for form in self.forms if form.is_bound]


def _is_in(data, section: PlanSection) -> bool:
    """A chapter that someone added since isn't in what was sent."""
    return data is not None and f"s{section.pk}-body" in data


def _lost(data, there: set[int]) -> list[tuple[str, str]]:
    sent = [] if data is None else data.getlist("section")
    gone = [key for key in sent if key.isdecimal() and int(key) not in there]
    typed = [(data.get(f"s{key}-title", ""), data.get(f"s{key}-body", "")) for key in gone]
    return [(title, body) for title, body in typed if body.strip()]
