"""Two people may have the same row open: each form saves only what it changed itself."""

from django import forms
from django.db.models import Model, QuerySet


class ConcurrentForm(forms.ModelForm):
    """Carries along what it showed first; what is still the same gives way to the stored value.

    `untouched` names those fields once the form is clean. The template writes {{ form.seen }}.
    """

    seen = forms.JSONField(required=False, widget=forms.HiddenInput)
    together: tuple[frozenset[str], ...] = ()  # fields that only make sense side by side

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.untouched: set[str] = set()
        if self.instance.pk:
            self.initial["seen"] = self._shown
        else:
            del self.fields["seen"]

    def _shown(self) -> dict[str, str]:
        return {
            name: as_text(self.get_initial_for_field(field, name))
            for name, field in self.fields.items()
            if name != "seen" and not isinstance(field, forms.FileField)
        }

    def clean(self):
        data = super().clean()
        seen = data.pop("seen", None)
        if isinstance(seen, dict):
            self.untouched = self._untouched(data, seen)
        for name in self.untouched:
            stored = name in self._meta.fields
            data[name] = getattr(self.instance, name) if stored else self.initial.get(name)
        return data

    def _untouched(self, data: dict, seen: dict) -> set[str]:
        same = {name for name in data.keys() & seen.keys() if as_text(data[name]) == seen[name]}
        torn = [group for group in self.together if not group <= same]
        return same.difference(*torn)


def as_text(value) -> str:
    if isinstance(value, list | QuerySet):
        return "、".join(sorted(map(as_text, value)))
    value = value.pk if isinstance(value, Model) else value
    return "" if value is None else str(value).replace("\r\n", "\n")
