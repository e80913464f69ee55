"""A plan from paper: its text handed in, looked at line by line, made into a plan."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from activities import actions, importers, plan_review, queries
from activities.choices import ImportState
from activities.forms.plans import PlanForm, PlanTextForm
from activities.models import PlanImport
from activities.plan_reader import PlanReading, plan_text, read_plan
from activities.queries.imports import people_named
from unionoffice.access import allow
from unionoffice.errors import FileRefused, RuleBroken
from unionoffice.forms import posted
from unionoffice.periods import Period
from unionoffice.uploads import check_size


@allow("activities.manage_plans")
def plan_import(request):
    form = PlanTextForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_kept_text(form, request.user))
        except FileRefused as error:
            form.add_error("file" if form.cleaned_data["file"] else "text", str(error))
    status = 422 if form.errors else 200
    context = {"form": form, "open_imports": queries.open_imports()}
    return render(request, "activities/plan_import.html", context, status=status)


def _kept_text(form: PlanTextForm, user):
    file = form.cleaned_data["file"]
    if file is None:
        return actions.keep_text(text=form.cleaned_data["text"], file_name="", by=user)
    check_size(file.name, file.size)
    text = plan_text(file.name, file.read())
    return actions.keep_text(text=text, file_name=file.name, by=user)


@allow("activities.manage_plans")
def plan_import_detail(request, pk):
    kept = get_object_or_404(queries.plan_imports(), pk=pk)
    if kept.state == ImportState.LANDED:
        return redirect("activities:plan_detail", kept.plan_id)
    reading = read_plan(kept.text)
    found = importers.period_read(reading)
    initial = {"period": found, "title": reading.title[: importers.LONGEST_TITLE]}
    form = PlanForm(posted(request), initial=initial)
    asked = ""
    if request.method == "POST" and form.is_valid():
        try:
            return _landed(request, kept, reading, form.cleaned_data)
        except RuleBroken as error:
            form.add_error(None, str(error))
            kept.refresh_from_db()
            asked = getattr(error, "asked", "")
    context = {"kept": kept, "form": form, "reading": reading, "found": found, "asked": asked}
    context |= _review(request, kept, reading, _shown(request, form, found))
    status = 422 if form.errors else 200
    return render(request, "activities/plan_import_detail.html", context, status=status)


def _shown(request, form: PlanForm, found: Period | None) -> Period:
    """The period in whose months the text is shown: the one chosen, or else the text's own."""
    if form.is_bound:
        return form.cleaned_data.get("period") or found or Period.current()
    code = request.GET.get("period", "")
    return Period.parse(code) if code in form.codes - {""} else found or Period.current()


def _landed(request, kept: PlanImport, reading: PlanReading, data: dict):
    period, posted = data["period"], request.POST.get
    plan_review.check_year(importers.period_read(reading), period, posted("asked", ""))
    plan_review.check_looked_at(reading, kept.choices, period, posted("looked", ""))
    seen = posted("seen", "")
    plan = actions.land_import(kept=kept, by=request.user, seen=seen, **data)
    undo = reverse("activities:plan_withdraw", args=[plan.pk])
    messages.success(request, f"建好了：{plan}。", extra_tags=f"undo:{undo}")
    return redirect(plan)


def _review(request, kept: PlanImport, reading, period: Period) -> dict:
    """The text beside its reading; without a year, in the months of this one."""
    people = people_named(importers.names_said(reading))
    arranged = importers.arrange(reading, period, kept.choices, people)
    opened = [int(line) - 1 for line in request.GET.getlist("line") if line.isdecimal()]
    done = request.GET.get("done", "")
    rows = plan_review.review_rows(arranged, kept.choices, opened)
    return {
        "arranged": arranged,
        "rows": rows,
        "doubts": [row for row in rows if row.doubt],
        "left": [row for row in rows if row.left],
        "months": plan_review.months_offered(period),
        "looked": period.code,
        "done": int(done) if done.isdecimal() else 0,
    }


@require_POST
@allow("activities.manage_plans")
def plan_import_choose(request, pk, line):
    """Read one line otherwise, and back to it."""
    kept = get_object_or_404(queries.plan_imports(), pk=pk)
    address = reverse("activities:plan_import_detail", args=[pk])
    try:
        choice = plan_review.read_posted(request.POST)
        actions.choose_line(kept=kept, line=line, choice=choice, by=request.user)
    except RuleBroken as error:
        messages.error(request, str(error))
        if "HX-Request" in request.headers:  # the sentence stands outside of what htmx swaps
            return HttpResponse(headers={"HX-Redirect": address})
        return redirect(address)
    shown = {"done": line + 1, "period": request.POST.get("period", "")}
    query = urlencode({name: value for name, value in shown.items() if value})
    return redirect(f"{address}?{query}#line-{line + 1}")
