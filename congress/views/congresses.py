"""届 and 次, and how many seconders a motion needs."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from congress import actions, queries
from congress.forms import CongressForm, SecondingRuleForm, SessionForm
from congress.models import Congress, Session
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.forms import posted
from unionoffice.numerals import chinese_number


@require_safe
@allow("congress.view_congresses")
def congress_list(request):
    context = {
        "congresses": queries.congresses(),
        "rule": queries.seconding_rule(timezone.localdate()),
        "rules": queries.seconding_rules(),
    }
    return render(request, "congress/congress_list.html", context)


@allow("congress.manage_congresses")
def congress_create(request):
    form = CongressForm(posted(request))
    if request.method == "POST" and form.is_valid():
        congress = actions.save_congress(congress=form.save(commit=False), by=request.user)
        return _done(request, f"设好了：{congress}")
    return _entry(request, form, "设一届教代会", "设这一届")


@allow("congress.manage_congresses")
@in_turn(Congress)
def congress_update(request, pk):
    congress = get_object_or_404(queries.congresses(), pk=pk)
    title = f"改{congress}"
    form = CongressForm(posted(request), instance=congress)
    if request.method == "POST" and form.is_valid():
        actions.save_congress(
            congress=form.save(commit=False), by=request.user, untouched=form.untouched
        )
        return _done(request, f"改好了：{congress}")
    return _entry(request, form, title, "改好了")


@allow("congress.manage_congresses")
def session_create(request):
    form = SessionForm(posted(request), initial={"congress": queries.congresses().first()})
    if request.method == "POST" and form.is_valid():
        session = actions.save_session(session=form.save(commit=False), by=request.user)
        return _done(request, f"加好了：{session}")
    return _entry(request, form, "加一次会", "加这一次")


@allow("congress.manage_congresses")
@in_turn(Session)
def session_update(request, pk):
    session = get_object_or_404(queries.sessions(), pk=pk)
    title = f"改{session}"
    form = SessionForm(posted(request), instance=session)
    if request.method == "POST" and form.is_valid():
        actions.save_session(
            session=form.save(commit=False), by=request.user, untouched=form.untouched
        )
        return _done(request, f"改好了：{session}")
    return _entry(request, form, title, "改好了")


@allow("congress.manage_congresses")
def seconding_rule_create(request):
    form = SecondingRuleForm(posted(request), initial={"effective_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        rule = actions.add_seconding_rule(rule=form.save(commit=False), by=request.user)
        word = chinese_number(rule.seconders)
        return _done(request, f"定好了：{rule.effective_from:%Y-%m-%d} 起，{word}人附议送审")
    return _entry(request, form, "定附议人数", "定下来")


def _done(request, text: str):
    messages.success(request, text)
    return redirect("congress:congress_list")


def _entry(request, form, title: str, button: str):
    context = {"form": form, "title": title, "button": button}
    status = 422 if form.errors else 200
    return render(request, "congress/entry_form.html", context, status=status)
