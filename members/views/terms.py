"""Terms of the union committee."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members import actions, queries
from members.forms.offices import LastDayForm
from members.forms.terms import TermForm
from members.models import Term
from members.rules.terms import runs_out_soon, time_left
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.forms import acted, posted, saved
from unionoffice.periods import chinese_date
from unionoffice.queries import log_for


@require_safe
@allow("members.view_organisation")
def term_list(request):
    today = timezone.localdate()
    terms = list(queries.terms_with_chairs())
    context = {"terms": terms, "today": today, "current": queries.term_on(today)}
    context["running_out"] = queries.term_running_out(today)
    context |= _clock(context["current"], today)
    return render(request, "members/term_list.html", context)


@require_safe
@allow("members.view_organisation")
def term_detail(request, pk):
    term = get_object_or_404(queries.terms(), pk=pk)
    today = timezone.localdate()
    manages = request.user.has_perm("members.manage_terms")
    context = {
        "term": term,
        "bodies": queries.bodies_of(term),
        "elections": queries.elections_visible_to(request.user).filter(term=term),
        "today": today,
        "log": log_for(request.user, term)[:20] if manages else (),
        **_clock(term, today),
    }
    return render(request, "members/term_detail.html", context)


def _clock(term, today) -> dict:
    """How much of the term has gone."""
    if term is None or term.end:
        return {}
    return {
        "left": time_left(term.planned_end, today),
        "late": runs_out_soon(term.planned_end, today),
        "gone": max(0, (today - term.start).days),
        "whole": (term.planned_end - term.start).days,
    }


@allow("members.manage_terms")
def term_create(request):
    today = timezone.localdate()
    last = queries.terms().first()
    form = TermForm(
        posted(request),
        held=queries.without_term(today).count(),
        initial={"number": last.number + 1 if last else None, "take_current": not last},
    )
    if request.method == "POST" and form.is_valid():
        take = form.cleaned_data.get("take_current", False)
        term = saved(
            form, actions.add_term, term=form.save(commit=False), by=request.user, take_current=take
        )
        if term:
            messages.success(request, f"设好了：{term}")
            return redirect(term)
    return _entry(request, form, "设一届", "设这一届")


@allow("members.manage_terms")
@in_turn(Term)
def term_update(request, pk):
    term = get_object_or_404(queries.terms(), pk=pk)
    title = f"改{term}"
    form = TermForm(posted(request), instance=term)
    if request.method == "POST" and form.is_valid():
        changed = saved(form, actions.update_term, term=form.save(commit=False), by=request.user)
        if changed:
            messages.success(request, f"改好了：{term}")
            return redirect("members:term_detail", pk)
    return _entry(request, form, title, "改好了", term=term)


def _entry(request, form, title: str, button: str, **more):
    context = {"form": form, "title": title, "button": button, **more}
    status = 422 if form.errors else 200
    return render(request, "members/term_form.html", context, status=status)


@require_POST
@allow("members.manage_terms")
def term_close(request, pk):
    form = LastDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["last_day"][0])
        return redirect("members:term_detail", pk)
    day = form.cleaned_data["last_day"]
    words = f"{{term}}到{chinese_date(day)}为止"
    return _acted(request, pk, actions.close_term, words, last_day=day)


@require_POST
@allow("members.manage_terms")
def term_reopen(request, pk):
    return _acted(request, pk, actions.reopen_term, "{term}重开了，委员接着任职")


@require_POST
@allow("members.manage_terms")
def term_drop(request, pk):
    return _acted(request, pk, actions.drop_term, "去掉了：{term}", "members:term_list")


def _acted(request, pk, action, words: str, then: str = "", **values):
    term = get_object_or_404(queries.terms(), pk=pk)
    if acted(request, words.format(term=term), action, term=term, **values) and then:
        return redirect(then)
    return redirect("members:term_detail", pk)
