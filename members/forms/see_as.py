"""As whom an administrator looks at the pages."""

from django import forms

from members import queries
from members.models import Department, UnionGroup
from unionoffice.fields import LONGEST_KEY
from unionoffice.roles import Role
from unionoffice.see_as import SeenAs, seen_as

ROLES = [(role.value, role.label) for role in Role if role != Role.ADMIN]
# roles of one place: what it is, and its word
PLACES = {
    Role.GROUP_LEADER: (UnionGroup, "工会小组"),
    Role.DEPARTMENT_HEAD: (Department, "部门"),
}


class SeeAsForm(forms.Form):
    role = forms.ChoiceField(
        choices=ROLES,
        error_messages={
            "required": "还没有选身份，选一个。",
            "invalid_choice": "没有这个身份，从列表里选一个。",
        },
    )
    place = forms.CharField(required=False, max_length=LONGEST_KEY)

    def clean(self):
        data = super().clean()
        model, word = PLACES.get(data.get("role"), (None, ""))
        data["place"] = model and self._place(model, data.get("place", ""))
        if model and not data["place"]:
            self.add_error("place", f"还没有选{word}，选一个，看到的就是它的。")
        return data

    def _place(self, model, key: str):
        return queries.places(model).filter(pk=key).first() if key.isdecimal() else None

    @property
    def seen_as(self) -> SeenAs:
        role, place = Role(self.cleaned_data["role"]), self.cleaned_data["place"]
        return seen_as(role, place and place.pk, str(place or ""))

    @property
    def refusal(self) -> str:
        return next(iter(self.errors.values()))[0]
