"""考核: of the union, of the groups, of officers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from members.actions import assessments as actions
from members.exporters.assessments import AssessmentRegister
from members.forms.assessments import AssessmentFilter, AssessmentForm
from members.models import Assessment
from members.queries import assessments as queries
from members.queries import members_visible_to
from unionoffice.access import allow
from unionoffice.attachments import attachments_of
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.exports import table_response
from unionoffice.forms import VoidForm, acted, posted, saved
from unionoffice.queries import log_for
from unionoffice.undo import undo_tag

PAGE_SIZE = 50


@require_safe
@allow("members.view_assessments")
def assessment_list(request):
    form = AssessmentFilter(request.GET)
    rows = Assessment.objects.none()
    if form.is_valid():
        rows = queries.assessments_in(request.user, **form.cleaned_data)
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": bool(form.errors) or any(form.cleaned_data.values()),
    }
    status = 422 if form.errors else 200
    return render(request, "members/assessment_list.html", context, status=status)


@require_GET
@allow("members.view_assessments")
def assessment_export(request):
    form = AssessmentFilter(request.GET)
    if not form.is_valid():
        raise RuleBroken("导出的筛选条件看不懂，回到考核记录重新筛选再导出。")
    rows = list(queries.assessments_in(request.user, **form.cleaned_data))
    actions.note_assessments_export(rows=len(rows), by=request.user)
    return table_response(AssessmentRegister(rows), request.GET.get("format", "xlsx"))


@require_safe
@allow("members.view_assessments")
def assessment_detail(request, pk):
    return _assessment_page(request, _visible(request, pk), VoidForm())


def _visible(request, pk) -> Assessment:
    return get_object_or_404(queries.assessments_visible_to(request.user), pk=pk)


def _assessment_page(request, assessment: Assessment, form: VoidForm, status: int = 200):
    manages = request.user.has_perm("members.manage_assessments")
    context = {
        "assessment": assessment,
        "goals": assessment.parts,
        "files": attachments_of(assessment),
        "log": log_for(request.user, assessment) if manages else (),
        "may_change": manages and not assessment.voided_at,
        "void_form": form,
    }
    return render(request, "members/assessment_detail.html", context, status=status)


@allow("members.manage_assessments")
def assessment_create(request):
    people = members_visible_to(request.user)
    form = AssessmentForm(posted(request), request.FILES or None, people=people)
    if request.method == "POST" and form.is_valid():
        assessment = _saved(request, form, actions.add_assessment)
        if assessment:
            return redirect(assessment)
    return _render_form(request, form)


@allow("members.manage_assessments")
@in_turn(Assessment)
def assessment_update(request, pk):
    assessment = _visible(request, pk)
    form = AssessmentForm(posted(request), request.FILES or None, instance=assessment)
    if (
        request.method == "POST"
        and form.is_valid()
        and _saved(request, form, actions.update_assessment, untouched=form.untouched)
    ):
        return redirect(assessment)
    return _render_form(request, form, assessment)


def _saved(request, form: AssessmentForm, action, **values) -> Assessment | None:
    values |= {"files": form.cleaned_data["files"], "by": request.user}
    assessment = saved(form, action, assessment=form.save(commit=False), **values)
    if assessment:
        address = reverse("members:assessment_undo", args=[assessment.pk])
        undo = undo_tag(address) if action is actions.add_assessment else ""
        messages.success(request, f"记下了：{assessment}", extra_tags=undo)
    return assessment


def _render_form(request, form: AssessmentForm, assessment: Assessment | None = None):
    context = {"form": form, "assessment": assessment}
    status = 422 if form.errors else 200
    return render(request, "members/assessment_form.html", context, status=status)


@require_POST
@allow("members.manage_assessments")
def assessment_undo(request, pk):
    assessment = _visible(request, pk)
    acted(request, f"撤销了：{assessment}", actions.undo_assessment, assessment=assessment)
    return redirect("members:assessment_list")


@require_POST
@allow("members.manage_assessments")
def assessment_void(request, pk):
    assessment = _visible(request, pk)
    form = VoidForm(request.POST)
    if not form.is_valid():
        return _assessment_page(request, assessment, form, status=422)
    reason = form.cleaned_data["reason"]
    done = f"作废了：{assessment}"
    acted(request, done, actions.void_assessment, assessment=assessment, reason=reason)
    return redirect(assessment)
