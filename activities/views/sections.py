"""The chapters of a plan: written, retitled, put in order, taken out, all on one page."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from activities import actions, queries
from activities.forms.sections import SUGGESTED, Sections
from activities.models import Plan
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.forms import acted
from unionoffice.undo import undo_tag

GONE = "“{title}”刚被别人删掉了，您写的存成了新的一章，放在最后。"


@allow("activities.manage_plans")
@in_turn(Plan)
def plan_sections_update(request, pk):
    plan = get_object_or_404(queries.plans_visible_to(request.user), pk=pk)
    sections = Sections.of(plan, request.POST if request.method == "POST" else None)
    if request.method == "POST" and sections.is_valid():
        _save(request, plan, sections)
        return redirect(_done(request, plan))
    titles = {form.instance.title for form in sections.forms}
    context = {
        "plan": plan,
        "sections": sections,
        "suggested": [title for title in SUGGESTED if title not in titles],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "activities/plan_sections_update.html", context, status=status)


def _save(request, plan: Plan, sections: Sections) -> None:
    for form in sections.changed:
        section = form.save(commit=False)
        actions.update_section(section=section, by=request.user, untouched=form.untouched)
    for title, body in sections.lost:
        actions.add_section(plan=plan, by=request.user, title=title, body=body)
        messages.warning(request, GONE.format(title=title))


def _done(request, plan: Plan) -> str:
    """Does what the button beside saving says; gives the address to go to."""
    here = reverse("activities:plan_sections_update", args=[plan.pk])
    act, _, which = request.POST.get("do", "save").partition(":")
    if act == "add":
        section = actions.add_section(plan=plan, by=request.user, title=which.strip())
        return f"{here}#s{section.pk}"
    if act in ("up", "down", "drop") and which.isdecimal():
        _moved(request, plan, act, int(which))
        return here if act == "drop" else f"{here}#s{which}"
    messages.success(request, "章节存好了。")
    return reverse("activities:plan_source", args=[plan.pk]) if act == "leave" else here


def _moved(request, plan: Plan, act: str, section: int) -> None:
    try:
        if act == "drop":
            entry = actions.drop_section(plan=plan, section=section, by=request.user)
            undo = reverse("activities:plan_section_restore", args=[plan.pk, entry.number])
            title = entry.changes["title"] or "没有标题的一章"
            messages.success(request, f"删掉了“{title}”。", extra_tags=undo_tag(undo))
        else:
            actions.shift_section(plan=plan, section=section, by=request.user, up=act == "up")
    except RuleBroken as refusal:
        messages.error(request, str(refusal))


@require_POST
@allow("activities.manage_plans")
def plan_section_restore(request, pk, entry):
    plan = get_object_or_404(queries.plans_visible_to(request.user), pk=pk)
    acted(request, "放回来了。", actions.restore_section, plan=plan, entry=entry)
    return redirect("activities:plan_sections_update", plan.pk)
