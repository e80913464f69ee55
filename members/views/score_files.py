"""A whole file of scores: read, looked at, landed, taken back."""

from dataclasses import asdict
from datetime import date

from django.contrib import messages
from django.core import signing
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from members.actions import assessments as actions
from members.assessment_reader import rows_from_stored
from members.forms.assessments import ScoreFileForm
from members.queries.assessments import imports_of
from members.queries.score_files import ScoreHead, plan_scores
from unionoffice.access import allow
from unionoffice.errors import RuleBroken
from unionoffice.forms import acted, posted
from unionoffice.undo import undo_tag

SALT = "members.assessment_import"  # what a preview carries along is nobody else's to change
KEPT_SECONDS = 86_400


@allow("members.manage_assessments")
def assessment_import(request):
    """The file is read and looked at; nothing is written before it is confirmed."""
    form = ScoreFileForm(posted(request), request.FILES or None)
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        context["name"], reading = form.cleaned_data["file"]
        plan = plan_scores(reading.rows, form.head, request.user)
        stored = {
            "head": asdict(form.head) | {"assessed_on": form.head.assessed_on.isoformat()},
            "rows": [row.stored() for row in reading.rows],
        }
        context |= {
            "head": form.head,
            "rows": plan.assessments,
            "refused": sorted([*reading.refused, *plan.refused]),
            "carried": signing.dumps(stored, salt=SALT, compress=True),
        }
    status = 422 if form.errors else 200
    return render(request, "members/assessment_import.html", context, status=status)


@require_POST
@allow("members.manage_assessments")
def assessment_import_land(request):
    try:
        stored = signing.loads(request.POST.get("rows", ""), salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        messages.error(request, "这份预览过期了，什么都没有导入。再选一次文件。")
        return redirect("members:assessment_import")
    head = stored["head"] | {"assessed_on": date.fromisoformat(stored["head"]["assessed_on"])}
    plan = plan_scores(rows_from_stored(stored["rows"]), ScoreHead(**head), request.user)
    try:
        entry = actions.import_assessments(assessments=plan.assessments, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("members:assessment_import")
    undo = undo_tag(reverse("members:assessment_import_undo", args=[entry.pk]))
    messages.success(request, f"导入了 {len(plan.assessments)} 人。", extra_tags=undo)
    return redirect(reverse("members:assessment_list") + "?of=person")


@require_POST
@allow("members.manage_assessments")
def assessment_import_undo(request, pk):
    entry = get_object_or_404(imports_of(request.user), pk=pk)
    acted(request, "撤回了刚导入的一整份。", actions.undo_import, entry=entry)
    return redirect("members:assessment_list")
