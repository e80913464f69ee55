"""登记表, 申请表, 花名册, 会员证 as files: of the people that were ticked, or blank."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from members import actions, queries
from members.exporters.papers import BLANK, paper_of
from members.forms.papers import BlankPaperForm, PaperForm
from members.views.selection import with_selection
from unionoffice.access import allow
from unionoffice.documents.sheets_docx import paper_docx
from unionoffice.documents.sheets_pdf import paper_pdf
from unionoffice.errors import RuleBroken
from unionoffice.exports import file_response

RENDERERS = {"docx": paper_docx, "pdf": paper_pdf}


@require_GET
@allow("members.export_members")
@with_selection(everyone=True)
def selection_papers(request, selection):
    """First which paper, then the file."""
    form = PaperForm(request.GET if "paper" in request.GET else None)
    if not form.is_valid():
        context = {"form": form, "selection": selection}
        status = 422 if form.errors else 200
        return render(request, "members/selection_papers.html", context, status=status)
    kind, groups = form.cleaned_data["paper"], [group.name for group in queries.groups()]
    values = {"office": request.office, "day": selection.day, "groups": groups}
    try:
        paper = paper_of(kind, selection.people, **values)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("members:member_list")
    actions.note_papers(office=request.office, by=request.user, kind=kind, people=selection.people)
    return _file(paper, form)


@require_safe
@allow("members.view_members")
def blank_paper(request):
    form = BlankPaperForm(request.GET if "paper" in request.GET else None)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "members/blank_paper.html", {"form": form}, status=status)
    day = timezone.localdate()
    return _file(
        paper_of(form.cleaned_data["paper"], [BLANK], office=request.office, day=day), form
    )


def _file(paper, form):
    kind = form.cleaned_data["format"]
    return file_response(RENDERERS[kind](paper), paper.name, kind)
