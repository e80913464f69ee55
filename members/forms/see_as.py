"""As which role an administrator looks at the pages."""

from django import forms

from unionoffice.roles import Role

ROLES = [(role.value, role.label) for role in Role if role != Role.ADMIN]


class SeeAsForm(forms.Form):
    role = forms.ChoiceField(
        choices=ROLES,
        error_messages={
            "required": "还没有选身份，选一个。",
            "invalid_choice": "没有这个身份，从列表里选一个。",
        },
    )
