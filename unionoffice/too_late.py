"""What someone typed for a record that another one voided, finished or took away in the meantime:
it can't be saved there any more, and is not lost either."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.shortcuts import redirect, render
from django.utils.choices import flatten_choices

from unionoffice.queries import log_for

ENTRIES = 3  # what was done to the record last
FILES_GONE = "（文件没有存下，到能加材料的地方再选一次）"


@dataclass(frozen=True)
class Typed:
    label: str
    words: str


def too_late(request, sentence: str, *typed: forms.BaseForm, record: Model, back: str = ""):
    """The answer to a form for a `record` whose state does not allow it any more. `sentence`: why;
    `back`: where to go on, the page of the record if "". Status 409, with what was done to the
    record and everything that was typed; who only wanted to open the form gets there at once."""
    back = back or record.get_absolute_url()
    if request.method != "POST":
        messages.warning(request, sentence)
        return redirect(back)
    context = {
        "sentence": sentence,
        "log": log_for(request.user, record)[:ENTRIES],
        "typed": [row for form in typed for row in words_of(form)],
        "back": back,
    }
    return render(request, "unionoffice/too_late.html", context, status=HTTPStatus.CONFLICT)


def words_of(form: forms.BaseForm) -> Iterator[Typed]:
    """Each field of the form that holds more than the page showed, as a person reads it."""
    form.is_valid()  # what it knows of its fields afterwards
    same = getattr(form, "untouched", ())
    for name, field in form.fields.items():
        if name in same or field.disabled or field.widget.is_hidden:
            continue
        if words := _words(form, name, field):
            yield Typed(str(field.label or form[name].label), words)


def _words(form: forms.BaseForm, name: str, field: forms.Field) -> str:
    if isinstance(field, forms.FileField):
        names = "、".join(file.name for file in form.files.getlist(form.add_prefix(name)))
        return names and names + FILES_GONE
    value = getattr(form, "cleaned_data", {}).get(name)  # none where one of several went away
    if isinstance(field, forms.ModelChoiceField) and value:
        return _named(value if isinstance(value, QuerySet | list) else [value])
    sent = form[name].value()
    if isinstance(field, forms.BooleanField):
        return "是" if sent else ""
    if choices := getattr(field, "choices", None):
        keys = set(map(str, sent if isinstance(sent, list | tuple) else [sent]))
        return "、".join(str(word) for key, word in flatten_choices(choices) if str(key) in keys)
    return str(sent or "").strip()


def _named(rows: Iterable[Model]) -> str:
    return "、".join(map(str, rows))
