"""A roster file that is handed in."""

import re
from collections.abc import Collection

from django import forms
from django.http import QueryDict

from members.choices import PrivateField, RowFate
from members.importers import Posted
from members.importers.plan import KINDS
from members.roster_reader import read_roster
from unionoffice.errors import RuleBroken
from unionoffice.forms import plain_helper
from unionoffice.uploads import check_size


class RosterFileForm(forms.Form):
    """Cleaning reads the file: `cleaned_data["file"]` is (name, RosterReading). `keep`: the private
    fields that it reads too."""

    file = forms.FileField(
        label="名册文件",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        help_text="Excel（.xlsx、.xls）或 CSV，不超过 10 MB",
        error_messages={
            "required": "先选一个文件。",
            "empty": "这个文件是空的，重新选一个。",
        },
    )
    helper = plain_helper()

    def __init__(self, *args, keep: Collection[str] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.keep = keep

    @property
    def keep_labels(self) -> list[str]:
        return [field.label for field in PrivateField if field in self.keep]

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            check_size(file.name, file.size)
            return file.name, read_roster(file.name, file.read(), self.keep)
        except RuleBroken as refusal:
            raise forms.ValidationError(str(refusal)) from None


ROW = re.compile(r"row-(\d{1,6})")
CHOICE = re.compile(r"leave|new|\d{1,18}|")
EVERY = re.compile(rf"({'|'.join(RowFate.values)}):(leave|new|)")
LONGEST_NAME = 40


def posted_choices(data: QueryDict) -> Posted:
    """What a preview's form sent; whatever it can't have sent is passed over."""
    every = EVERY.fullmatch(data.get("every", ""))
    shown = frozenset(data.getlist("shown")) & set(KINDS)
    return Posted(
        rows={
            int(match[1]): value
            for name, value in data.items()
            if (match := ROW.fullmatch(name)) and CHOICE.fullmatch(value)
        },
        groups=_meant(data, "group:"),
        departments=_meant(data, "department:"),
        shown=shown,
        taken=frozenset(data.getlist("taken")) & shown,
        every=(every[1], every[2]) if every else None,
    )


def _meant(data: QueryDict, prefix: str) -> dict[str, str]:
    """What each name that was asked about means."""
    said = {
        name.removeprefix(prefix): value for name, value in data.items() if name.startswith(prefix)
    }
    return {n: value for n, value in said.items() if max(len(n), len(value)) <= LONGEST_NAME}
