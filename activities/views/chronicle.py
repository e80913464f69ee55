"""大事记 of a period, 简报 of one activity, 资料册 of either: read off the records, taken away as
paper."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from activities import queries
from activities.actions.photos import note_booklet
from activities.exporters.booklet_files import booklet_docx, booklet_pdf
from activities.exporters.booklets import booklet_of, booklet_of_period
from activities.exporters.briefs import brief_docx, brief_of, brief_pdf
from activities.exporters.chronicle import chronicle_document
from activities.forms.chronicle import ChronicleFilter
from activities.queries.chronicle import by_month, events_of
from unionoffice.access import allow
from unionoffice.documents.docx import as_docx
from unionoffice.documents.pdf import as_pdf
from unionoffice.errors import RuleBroken
from unionoffice.exports import file_response

RENDERERS = {"docx": as_docx, "pdf": as_pdf}
BRIEFS = {"docx": brief_docx, "pdf": brief_pdf}
BOOKLETS = {"docx": booklet_docx, "pdf": booklet_pdf}


@require_safe
@allow("activities.view_honours")
def chronicle(request):
    form = ChronicleFilter(request.GET)
    events = _events(request, form) if form.is_valid() else []
    kept = [event for event in events if event.key not in form.left_out]
    context = {
        "form": form,
        "months": by_month(kept),
        "count": len(kept),
        "left_out": [event for event in events if event.key in form.left_out],
        "narrowed": form.narrowed,
    }
    status = 422 if form.errors else 200
    return render(request, "activities/chronicle.html", context, status=status)


def _events(request, form: ChronicleFilter):
    chosen = form.cleaned_data
    return events_of(request.user, chosen["period"], everything=chosen["show"] == "all")


@require_GET
@allow("activities.export_honours")
def chronicle_export(request):
    form = ChronicleFilter(request.GET)
    if not form.is_valid():
        raise RuleBroken("导出的筛选条件看不懂，回到大事记重新选再导出。")
    kept = [event for event in _events(request, form) if event.key not in form.left_out]
    period, today = form.cleaned_data["period"], timezone.localdate()
    document = chronicle_document(kept, period, office=request.office, today=today)
    return _file(document, document.name, RENDERERS, request.GET.get("format", "docx"))


@require_GET
@allow("activities.export_honours")
def chronicle_booklet_export(request):
    """The lines of the page with the photos of the activities among them."""
    form = ChronicleFilter(request.GET)
    if not form.is_valid():
        raise RuleBroken("导出的筛选条件看不懂，回到大事记重新选再导出。")
    kept = [event for event in _events(request, form) if event.key not in form.left_out]
    period, today = form.cleaned_data["period"], timezone.localdate()
    booklet = booklet_of_period(kept, period, office=request.office, today=today)
    answer = _file(booklet, booklet.name, BOOKLETS, request.GET.get("format", "docx"))
    note_booklet(about=request.office, photos=booklet.pictures, by=request.user)
    return answer


def _file(content, name: str, renderers: dict, file_format: str):
    if file_format not in renderers:
        raise RuleBroken("只能导出 Word 或者 PDF，重新选一下。")
    return file_response(renderers[file_format](content), name, file_format)


@require_GET
@allow("activities.export_activities")
def activity_brief(request, pk):
    visible = queries.activities_visible_to(request.user).standing()
    rows = visible.select_related("group", "venue", "study")
    activity = get_object_or_404(rows, pk=pk)
    brief = brief_of(activity, office=request.office, today=timezone.localdate())
    return _file(brief, brief.name, BRIEFS, request.GET.get("format", "docx"))


@require_GET
@allow("activities.export_activities")
def activity_booklet_export(request, pk):
    visible = queries.activities_visible_to(request.user).standing()
    activity = get_object_or_404(visible.select_related("group", "venue", "study"), pk=pk)
    booklet = booklet_of(activity, office=request.office, today=timezone.localdate())
    answer = _file(booklet, booklet.name, BOOKLETS, request.GET.get("format", "docx"))
    note_booklet(about=activity, photos=booklet.pictures, by=request.user)
    return answer
