"""Fields that several forms of this app share."""

from django import forms

from activities.forms.wording import for_choice
from activities.queries import fields_offered


class WorkField(forms.ChoiceField):
    """板块, with the office's own ones, and with the one that the record has already."""

    def __init__(self, **kwargs):
        super().__init__(
            label="板块",
            choices=fields_offered,
            widget=forms.RadioSelect,
            error_messages=for_choice("选一个板块。"),
            **kwargs,
        )

    def keep(self, stored: str) -> None:
        """Offer what is stored, too, should the office have closed that field."""
        offered = fields_offered()
        if stored and stored not in dict(offered):
            offered.append((stored, stored))
        self.choices = offered
