"""A roster file that is handed in."""

from django import forms

from members.roster_reader import read_roster
from unionoffice.errors import FileRefused
from unionoffice.forms import plain_helper
from unionoffice.uploads import check_size


class RosterFileForm(forms.Form):
    """Cleaning reads the file: `cleaned_data["file"]` is (name, RosterReading)."""

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

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            check_size(file.name, file.size)
            return file.name, read_roster(file.name, file.read())
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None
