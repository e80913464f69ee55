"""Home, what everyone finds there, files, the audit list, and the pages for what went wrong."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from unionoffice import actions, queries
from unionoffice.access import allow
from unionoffice.attachments import look_at
from unionoffice.exports import CONTENT_TYPES
from unionoffice.forms import OfficeForm, posted
from unionoffice.home import home_of
from unionoffice.lunar import lunar_day
from unionoffice.menu import everything_for
from unionoffice.models import Attachment
from unionoffice.periods import Period
from unionoffice.search import found_by
from unionoffice.uploads import PHOTO_KINDS

PAGE_SIZE = 50


@require_safe
@allow("unionoffice.view_home")
def home(request):
    today = timezone.localdate()
    period = Period.from_query(request.GET)
    context = {
        "today": today,
        "lunar": lunar_day(today),
        "period": period,
        "home": home_of(request.user, today, period),
    }
    return render(request, "unionoffice/home.html", context)


@require_safe
@allow("unionoffice.view_home")
def more(request):
    menu = everything_for(request.user, request.path, request.office)
    return render(request, "unionoffice/more.html", {"menu": menu})


@require_safe
@allow("unionoffice.view_home")
def find(request):
    text = request.GET.get("q", "").strip()
    groups = found_by(request.user, text) if text else []
    return render(request, "unionoffice/find.html", {"text": text, "groups": groups})


@allow("unionoffice.change_office")
def office_update(request):
    form = OfficeForm(posted(request), instance=queries.current_office())
    if request.method == "POST" and form.is_valid():
        actions.change_office(office=form.save(commit=False), by=request.user)
        messages.success(request, "名称改好了，以后的文书都用新的。")
        return redirect("unionoffice:office_update")
    status = 422 if form.errors else 200
    return render(request, "unionoffice/office_update.html", {"form": form}, status=status)


@require_safe
@allow("unionoffice.view_audit")
def audit_list(request):
    page = Paginator(queries.audit_entries(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": queries.named_for(request.user, page)}
    return render(request, "unionoffice/audit_list.html", context)


@require_GET
@allow("unionoffice.view_file")
def attachment_download(request, pk):
    attachment = get_object_or_404(Attachment, pk=pk)
    if look_at(attachment, request.user) is None:
        raise Http404
    return FileResponse(
        attachment.file.open(),
        as_attachment=attachment.kind not in PHOTO_KINDS,  # photos show on the record's page
        filename=attachment.name,
        content_type=CONTENT_TYPES[attachment.kind],
    )


def locked_out(request, credentials, *args, **kwargs):
    return render(request, "unionoffice/locked_out.html", status=429)
