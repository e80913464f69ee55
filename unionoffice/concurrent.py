"""Two people may have the same row open: each form saves only what it changed itself, and asks
before it writes over what the other one changed. Who saves in the same moment waits for the other
one (@in_turn), so that what the form is compared with is what it would write over."""

import json
import logging
import re
from collections.abc import Callable
from functools import wraps

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Model, ProtectedError, QuerySet, RestrictedError
from django.utils.choices import flatten_choices

SHORT = 30  # characters of a value in a sentence; a longer one stands below it
OVERTAKEN = "刚才有人先改了，刷新再看。"
SAVE_AGAIN = "刚才有人先改了有关的记录。写的还在，核对一下再存一次；还存不了，刷新再看。"
LOCKED = "正好有人同时在改，这一次没有存。等一会儿再来一次。"
# what SQLite and PostgreSQL say of a row that is there already, that is gone, that is still used
TAKEN = re.compile(r"UNIQUE constraint|duplicate key|FOREIGN KEY|foreign key|exclusion constraint")
WAITED = re.compile(r"is locked|deadlock detected|could not serialize|lock timeout")

logger = logging.getLogger(__name__)


def clash(error: Exception) -> str:
    """What to say where somebody was faster, in the moment between a page's look and its write; ""
    for any other error. Logged, so that a mistake of the program's own is found."""
    sentence = _sentence(error)
    if sentence:
        logger.warning("%s: %s", sentence, error, exc_info=error)
    return sentence


def _sentence(error: Exception) -> str:
    if isinstance(error, ObjectDoesNotExist | ProtectedError | RestrictedError):
        return OVERTAKEN
    if isinstance(error, IntegrityError) and TAKEN.search(str(error)):
        return OVERTAKEN
    return LOCKED if isinstance(error, OperationalError) and WAITED.search(str(error)) else ""


def in_turn(model: type[Model], key: Callable = lambda request, pk: pk) -> Callable:
    """For a view that changes one row of `model`: a POST locks it before the view reads it, until
    it is saved. `key`: its primary key, from what the view takes. Stands below @allow."""

    def decorate(view):
        @wraps(view)
        def waiting(request, *args, **kwargs):
            if request.method != "POST":
                return view(request, *args, **kwargs)
            with transaction.atomic():
                row = model.objects.select_for_update().filter(pk=key(request, *args, **kwargs))
                row.order_by().values_list("pk").first()
                return view(request, *args, **kwargs)

        waiting.in_turn = model
        return waiting

    return decorate


class ConcurrentForm(forms.ModelForm):
    """Carries along what it showed first; what is still the same gives way to the stored value.
    Where both were changed, the form says so once, at the field.

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
            self._ask_about_overtaken(data, seen)
        for name in self.untouched:
            stored = name in self._meta.fields
            data[name] = getattr(self.instance, name) if stored else self.initial.get(name)
        return data

    def _untouched(self, data: dict, seen: dict) -> set[str]:
        same = {name for name in data.keys() & seen.keys() if as_text(data[name]) == seen[name]}
        torn = [group for group in self.together if not group & self.fields.keys() <= same]
        return same.difference(*torn)

    def _ask_about_overtaken(self, data: dict, seen: dict) -> None:
        """What both changed to different values; the page has seen it from now on."""
        stored = self._shown()
        told = {
            name: stored[name]
            for name in data.keys() & seen.keys() & stored.keys() - self.untouched
            if isinstance(seen[name], str) and stored[name] not in (seen[name], as_text(data[name]))
        }
        for name in told:
            self.add_error(name, overtaken(self, name))
        if told:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = json.dumps(seen | told, ensure_ascii=False)


def overtaken(form: forms.BaseForm, name: str) -> str:
    """The sentence at a field that someone else changed since the page was opened."""
    field = form.fields[name]
    value = field.prepare_value(form.get_initial_for_field(field, name))
    keys = set(map(as_text, value)) if isinstance(value, list | QuerySet) else {as_text(value)}
    now = ("是" if value else "否") if isinstance(value, bool) else as_text(value)
    if choices := getattr(field, "choices", None):
        now = "、".join(str(word) for key, word in flatten_choices(choices) if str(key) in keys)
    if len(now) > SHORT:
        return f"{field.label}刚被改了，现在是：\n{now}\n还要按这里写的改，就再保存一次。"
    happened = "清空" if keys <= {""} else f"改成“{now}”" if now else "改"
    return f"{field.label}刚被{happened}了，还要按这里写的改，就再保存一次。"


def as_text(value) -> str:
    if isinstance(value, list | tuple | QuerySet):
        return "、".join(sorted(map(as_text, value)))
    value = value.pk if isinstance(value, Model) else value
    return "" if value is None else str(value).replace("\r\n", "\n")
