"""Which paper, in which kind of file."""

from django import forms

from members.exporters.papers import BLANK_KINDS, PaperKind
from unionoffice.forms import PlainWords, chips, plain_helper

FORMATS = [("docx", "Word，还能改"), ("pdf", "PDF，直接打印")]


class PaperForm(PlainWords, forms.Form):
    paper = forms.ChoiceField(
        label="做哪一种",
        choices=PaperKind.choices,
        initial=PaperKind.ROSTER,
        widget=forms.RadioSelect,
    )
    format = forms.ChoiceField(
        label="文件", choices=FORMATS, initial="docx", widget=forms.RadioSelect
    )

    helper = plain_helper(chips("paper"), chips("format"))


class BlankPaperForm(PaperForm):
    """A form for the pen."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = [(kind.value, kind.label) for kind in BLANK_KINDS]
        self.initial["paper"] = BLANK_KINDS[0]
