"""What is done with the people that were ticked on the roster."""

from functools import partial, wraps

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from members import actions, queries
from members.exporters import sheets
from members.exporters.roster import USUAL_COLUMNS, MemberRegister
from members.forms.membership import move_together_form
from members.forms.selection import ColumnsForm, PlaceForm, SheetForm
from members.queries import membership
from members.rules.moves import TOGETHER
from members.selection import (
    Selection,
    moves_offered,
    moves_preview,
    moves_sentence,
    preview,
    selection_of,
)
from unionoffice.access import allow
from unionoffice.errors import RuleBroken
from unionoffice.exports import file_response, table_response
from unionoffice.forms import posted
from unionoffice.menu import address_of, permission_of
from unionoffice.undo import undo_tag

# what the list offers to do with ticked rows, to those who may
ACTS = (
    ("调小组", "members:selection_group"),
    ("调部门", "members:selection_department"),
    ("会籍变动", "members:selection_membership"),
    ("发通知", "members:message_create"),
    ("开账号", "members:selection_accounts"),
    ("导出", "members:export_columns"),
    ("签到表", "members:selection_sheet"),
    ("标签", "members:selection_labels"),
    ("登记表、花名册", "members:selection_papers"),
)


def acts_for(user) -> list[dict]:
    return [
        {"label": label, "url": address_of(name)}
        for label, name in ACTS
        if permission_of(name) and user.has_perm(permission_of(name))
    ]


def with_selection(view=None, *, everyone=False):
    """Give the view the people that the address names; back to the list where it names none."""

    def decorate(view):
        @wraps(view)
        def selecting(request):
            try:
                selection = selection_of(request.user, request.GET, everyone=everyone)
            except RuleBroken as refusal:
                messages.error(request, str(refusal))
                return redirect("members:member_list")
            return view(request, selection)

        return selecting

    return decorate(view) if view else decorate


def to_list(selection: Selection) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('members:member_list')}?{selection.list_query}")


@allow("members.manage_groups")
@with_selection
def selection_group(request, selection):
    return _move(request, selection, PlaceForm.GROUP, actions.move_to_group)


@allow("members.manage_members")
@with_selection
def selection_department(request, selection):
    return _move(request, selection, PlaceForm.DEPARTMENT, actions.move_to_department)


@allow("members.move_members")
@with_selection
def selection_membership(request, selection):
    """First which move of the 会籍, then its form, then who can and who can't."""
    move = request.GET.get("to", "")
    if move not in TOGETHER:
        context = {"selection": selection, "offered": moves_offered(selection), "unknown": move}
        status = 422 if move else 200
        return render(request, "members/selection_moves.html", context, status=status)
    step = TOGETHER[move]
    groups = membership.open_groups()
    form = move_together_form(request.GET, move=move, step=step, groups=groups)
    words = {"title": step.label, "button": f"登记{step.label}", "hint": step.hint, "move": move}
    told = partial(_moves_told, move=move, by=request.user)
    only = request.POST.get("only", "")
    return _asked(request, selection, form, words, told, partial(_moved_on, move, only))


def _moves_told(selection, *, move, by, since, **how):
    seen = moves_preview(selection, move, since=since, by=by, **how)
    sentence = moves_sentence(len(seen.able), move, since, **how)
    return {"moving": len(seen.able), "sentence": sentence, "preview": seen}


def _moved_on(move, only, selection, form, by):
    """`only`: the seal of those who could, where the others were to be left out."""
    members = selection.people
    if only:
        seen = moves_preview(selection, move, by=by, **form.answers)
        seen.refuse_others(only)
        members = seen.able
    move_all = partial(actions.move_all, members=members, move=move, **form.answers)
    moved, undo = actions.move_at_once(move=move_all, people=members, by=by)
    return f"{len(moved)} 人登记好了{TOGETHER[move].label}", undo


def _move(request, selection, kind, move):
    asked = request.GET if "to" in request.GET else None
    form = PlaceForm(asked, kind=kind, places=queries.places(kind.model))
    words = {"title": f"调{kind.word}", "button": "调"}
    return _asked(
        request, selection, form, words, partial(preview, kind=kind), partial(_moved, move)
    )


def _moved(move, selection, form, by):
    kind, to = form.kind, form.cleaned_data["to"]
    values = {"members": selection.people, "since": form.cleaned_data["since"], kind.column: to}
    whole = partial(move, **values)
    moved, undo = actions.move_at_once(move=whole, people=selection.people, by=by)
    return f"{len(moved)} 人调到{to}了" if to else f"{len(moved)} 人{kind.nowhere}了", undo


def _asked(request, selection, form, words, told, act):
    """Ask what to do; say what becomes of it; do it: `act` gives what to say, and its undo."""
    context = {"form": form, "selection": selection, **words}
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "members/selection_form.html", context, status=status)
    if request.method == "POST":
        try:
            selection.refuse_others(request.POST.get("seal", ""))
            text, undo = act(selection=selection, form=form, by=request.user)
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            tag = undo_tag(reverse("members:selection_undo", args=undo))
            messages.success(request, text, extra_tags=tag)
            return to_list(selection)
    context |= told(selection, **getattr(form, "answers", form.cleaned_data))
    status = 422 if form.errors else 200
    return render(request, "members/selection_confirm.html", context, status=status)


@require_POST
@allow("members.manage_groups")
def selection_undo(request, first, last):
    try:
        count = actions.undo_moves(first=first, last=last, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"撤销了，{count} 人和以前一样。")
    return redirect("members:member_list")


@allow("members.export_members")
@with_selection(everyone=True)
def export_columns(request, selection):
    """Which columns to take along; remembered for the next time."""
    remembered = request.user.export_columns or USUAL_COLUMNS
    form = ColumnsForm(posted(request), initial={"columns": remembered})
    if request.method == "POST" and form.is_valid():
        columns = form.cleaned_data["columns"]
        actions.keep_columns(user=request.user, columns=columns)
        return _exported(request, selection, columns, form.cleaned_data["format"])
    context = {"form": form, "selection": selection}
    status = 422 if form.errors else 200
    return render(request, "members/export_columns.html", context, status=status)


@require_GET
@allow("members.export_members")
@with_selection(everyone=True)
def member_export(request, selection):
    """The list as it is shown, with the columns that were chosen last."""
    columns = request.user.export_columns or USUAL_COLUMNS
    return _exported(request, selection, list(columns), request.GET.get("format", "xlsx"))


def _exported(request, selection, columns, file_format):
    rows = selection.rows(queries.EXPORT_COLUMNS)
    taken = {"columns": columns, "people": selection.people}
    actions.note_export(office=request.office, by=request.user, **taken)
    return table_response(MemberRegister(rows, selection.day, columns), file_format)


@require_GET
@allow("members.view_members")
@with_selection
def selection_sheet(request, selection):
    """A sheet to sign on: first what it should hold, then the file."""
    fields = sheets.fields_for(queries.columns_for(request.user))
    form = SheetForm(request.GET if "heading" in request.GET else None, fields=fields)
    if not form.is_valid():
        status = 422 if form.errors else 200
        context = {"form": form, "selection": selection}
        return render(request, "members/selection_sheet.html", context, status=status)
    kind = form.cleaned_data.pop("format")
    sheet = sheets.sign_in(selection.rows(sheets.COLUMNS), **form.cleaned_data)
    _note(request, "sign_in", selection)
    return file_response(sheets.sheet_file(sheet, kind), sheet.title, kind)


@require_GET
@allow("members.view_members")
@with_selection
def selection_labels(request, selection):
    """Name and group, 24 labels on an A4 page."""
    pdf = sheets.labels_pdf(selection.rows(sheets.COLUMNS))
    _note(request, "labels", selection)
    return file_response(pdf, f"标签_{selection.day}", "pdf")


def _note(request, kind, selection):
    people = selection.people
    actions.note_papers(office=request.office, by=request.user, kind=kind, people=people)
