"""评选: started, recommended for, put on show, reported, concluded."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from activities.actions import selections as actions
from activities.choices import SelectionState
from activities.exporters.selections import PAPERS, selection_paper_file
from activities.forms.selections import (
    MOVE_FORMS,
    ChooseForm,
    ConcludeForm,
    DeedsForm,
    NomineeForm,
    SelectionFilter,
    SelectionForm,
)
from activities.models import Honour, Nominee, Selection
from activities.queries import honours as reads
from activities.rules import honours as rules
from members.queries import groups_there, groups_visible_to, members_visible_to, with_whole_roster
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.exports import file_response
from unionoffice.forms import acted, posted, saved
from unionoffice.queries import log_for
from unionoffice.too_late import too_late
from unionoffice.undo import undo_tag
from unionoffice.workflow import Move, offers

PAGE_SIZE = 50
STEPS = {
    "publish": actions.publish_selection,
    "submit": actions.submit_selection,
    "reopen": actions.reopen_selection,
}


@dataclass(frozen=True)
class MoveBox:
    """A move that the user can make now, with its form; open when the form has errors."""

    name: str
    move: Move
    form: forms.Form


@require_safe
@allow("activities.view_selections")
def selection_list(request):
    form = SelectionFilter(request.GET)
    rows = Selection.objects.none()
    if form.is_valid():
        rows = reads.selections_visible_to(request.user)
        rows = reads.selections_counted(reads.selections_narrowed(rows, **form.cleaned_data))
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": bool(form.errors) or any(form.cleaned_data.values()),
    }
    status = 422 if form.errors else 200
    return render(request, "activities/selection_list.html", context, status=status)


@require_safe
@allow("activities.view_selections")
def selection_detail(request, pk):
    return _page(request, _visible(request, pk))


def _visible(request, pk) -> Selection:
    rows = reads.selections_visible_to(request.user).select_related("started_by__member")
    return get_object_or_404(rows, pk=pk)


def _page(request, selection, *, form=None, choose=None, box: MoveBox | None = None):
    """`form`, `choose`, `box`: what was sent and refused."""
    user = request.user
    manages = user.has_perm(rules.MANAGE_SELECTIONS)
    context = {
        "selection": selection,
        "nominees": _nominees(user, selection),
        "quotas": selection.quotas.select_related("group"),
        "share": _share(selection) if manages else None,
        "advice": _advice(selection) if manages else [],
        "boxes": _boxes(user, selection, box),
        "may_conclude": manages and _may_conclude(selection),
        "waits_until": selection.public_until if _on_show(selection) else None,
        "form": form or _nominee_form(request, selection),
        "choose": choose,
        "papers": _papers(user, selection),
        "log": log_for(user, selection) if user.has_perm("activities.nominate") else (),
    }
    wrong = any(one is not None and one.errors for one in (form, choose, box and box.form))
    status = 422 if wrong else 200
    return render(request, "activities/selection_detail.html", context, status=status)


def _share(selection: Selection) -> rules.Share | None:
    own = selection.share, selection.share_of, selection.notice
    return rules.share_of(selection.title, *own)


def _on_show(selection: Selection) -> bool:
    today = timezone.localdate()
    return rules.still_on_show(selection.state, selection.public_until, today)


def _may_conclude(selection: Selection) -> bool:
    sources = rules.SELECTION_MOVES["conclude"].sources
    return selection.state in sources and not _on_show(selection)


def _papers(user, selection: Selection) -> dict[str, str]:
    """推荐表 for whoever recommends; what the union puts up and reports, for who manages it, once
    the names stand."""
    if not user.has_perm("activities.nominate"):
        return {}
    official = user.has_perm(rules.MANAGE_SELECTIONS) and selection.state in reads.OPEN_TO_ALL
    return {key: words for key, words in PAPERS.items() if key == "forms" or official}


def _advice(selection: Selection) -> list[str]:
    """What differs from what the notice, or else custom, asks for."""
    said, days = [], reads.public_days(selection)
    if days is not None:
        said.append(rules.public_advice(days, selection.public_days, selection.notice))
    share = _share(selection)
    if share and selection.quota:
        heads = reads.heads_of_share(share.of, selection.started_on)
        said.append(rules.share_advice(share, heads, selection.quota))
    return [sentence for sentence in said if sentence]


def _nominees(user, selection: Selection) -> list[tuple[Nominee, str, bool]]:
    """Each with the group of the day and whether this user may change it."""
    rows = list(reads.nominees_visible_to(user, selection))
    people = [row.member_id for row in rows if row.member_id]
    groups = reads.groups_of_people(people, selection.started_on)
    mine = set()
    if user.has_perm("activities.nominate") and selection.state in rules.STILL_OPEN:
        own = reads.nominees_in_hands_of(user).filter(selection=selection)
        mine = set(own.values_list("pk", flat=True))
    return [(row, groups.get(row.member_id, ""), row.pk in mine) for row in rows]


def _boxes(user, selection: Selection, sent: MoveBox | None) -> list[MoveBox]:
    found = offers(rules.SELECTION_MOVES, selection.state, user)
    boxes = [
        MoveBox(one.name, one.move, _move_form(one.name, selection))
        for one in found
        if one.name in MOVE_FORMS and not (one.name == "submit" and _on_show(selection))
    ]
    return [sent if sent and sent.name == box.name else box for box in boxes]


def _move_form(name: str, selection: Selection) -> forms.Form:
    """The days on show are put in as this selection asks for them."""
    initial = {}
    if name == "publish":
        first = timezone.localdate()
        last = reads.last_public_day(first, selection.public_days)
        initial = {"public_from": first, "public_until": last}
    return MOVE_FORMS[name](auto_id=f"{name}_%s", initial=initial)


def _may_nominate(request, selection: Selection) -> bool:
    return request.user.has_perm("activities.nominate") and selection.state == SelectionState.OPEN


def _nominee_form(request, selection: Selection, data=None) -> NomineeForm | None:
    """None where nobody can be recommended, or this user may not."""
    sent = data is not None  # who had the page open since before is told what became of it
    if not sent and not _may_nominate(request, selection):
        return None
    whole = with_whole_roster(request.user)
    groups = groups_there() if whole else groups_visible_to(request.user)
    people = members_visible_to(request.user)
    return NomineeForm(data, people=people, groups=groups, whole=whole)


@allow("activities.manage_selections")
def selection_create(request):
    form = SelectionForm(posted(request), groups=groups_there())
    if request.method == "POST" and form.is_valid():
        selection = saved(
            form,
            actions.start_selection,
            selection=form.save(commit=False),
            quotas=form.quotas,
            by=request.user,
        )
        if selection:
            messages.success(request, f"开始了：{selection}。各小组现在可以推荐。")
            return redirect(selection)
    return _render_form(request, form)


@allow("activities.manage_selections")
@in_turn(Selection)
def selection_update(request, pk):
    selection = _visible(request, pk)
    form = SelectionForm(posted(request), instance=selection, groups=groups_there())
    if request.method == "POST" and form.is_valid():
        changed = saved(
            form,
            actions.update_selection,
            selection=form.save(commit=False),
            quotas=form.quotas,
            untouched=form.untouched,
            by=request.user,
        )
        if changed:
            messages.success(request, f"改好了：{selection}")
            return redirect(selection)
    return _render_form(request, form, selection)


def _render_form(request, form: SelectionForm, selection: Selection | None = None):
    context = {"form": form, "selection": selection}
    status = 422 if form.errors else 200
    return render(request, "activities/selection_form.html", context, status=status)


@require_POST
@allow("activities.nominate")
def nominee_create(request, pk):
    selection = _visible(request, pk)
    form = _nominee_form(request, selection, request.POST)
    if selection.state != SelectionState.OPEN:
        said = f"这次评选{selection.get_state_display()}，推荐停了。"
        return too_late(request, said, form, record=selection)
    if form.is_valid():
        kept = saved(
            form,
            actions.nominate_together,
            selection=selection,
            nominees=form.nominees,
            by=request.user,
        )
        if kept:
            messages.success(request, f"推荐了：{'、'.join(map(str, kept))}")
            return redirect(selection.get_absolute_url() + "#nominees")
    return _page(request, selection, form=form)


def _nominee_gone(request, pk: int):
    """Another one took the nominee off while the form was open."""
    selection = get_object_or_404(reads.lost_nominee(request.user, pk))
    form = DeedsForm(posted(request), instance=Nominee())
    said = "推荐的这一位去掉了，事迹没有地方写；还要推荐，重新推荐一次。"
    return too_late(request, said, form, record=selection)


@allow("activities.nominate")
@in_turn(Nominee)
def nominee_update(request, pk):
    nominee = reads.nominees_in_hands_of(request.user).filter(pk=pk).first()
    if nominee is None:
        return _nominee_gone(request, pk)
    form = DeedsForm(posted(request), instance=nominee)
    if nominee.selection.state not in rules.STILL_OPEN:
        said = f"这次评选{nominee.selection.get_state_display()}，不再改。"
        return too_late(request, said, form, record=nominee.selection)
    if request.method == "POST" and form.is_valid():
        changed = saved(
            form,
            actions.update_nominee,
            nominee=form.save(commit=False),
            untouched=form.untouched,
            by=request.user,
        )
        if changed:
            messages.success(request, f"改好了：{nominee}")
            return redirect(nominee.selection.get_absolute_url() + "#nominees")
    context = {"form": form, "nominee": nominee}
    status = 422 if form.errors else 200
    return render(request, "activities/nominee_form.html", context, status=status)


@require_POST
@allow("activities.nominate")
def nominee_drop(request, pk):
    nominee = get_object_or_404(reads.nominees_in_hands_of(request.user), pk=pk)
    selection, said = nominee.selection, f"去掉了：{nominee}"
    try:
        entry = actions.drop_nominee(nominee=nominee, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        undo = reverse("activities:nominee_restore", args=[selection.pk, entry.number])
        messages.success(request, said, extra_tags=undo_tag(undo))
    return redirect(selection.get_absolute_url() + "#nominees")


@require_POST
@allow("activities.nominate")
def nominee_restore(request, pk, entry):
    selection = _visible(request, pk)
    done = "又在推荐名单里了，事迹也在。"
    acted(request, done, actions.restore_nominee, selection=selection, entry=entry)
    return redirect(selection.get_absolute_url() + "#nominees")


@require_POST
@allow("activities.manage_selections")
def selection_choose(request, pk):
    selection = _visible(request, pk)
    form = ChooseForm(request.POST, nominees=selection.nominees.all())
    if form.is_valid():
        kept = saved(
            form, actions.choose_nominees, selection=selection, chosen=form.keys, by=request.user
        )
        if kept:
            messages.success(request, f"拟上报的定好了，{len(form.keys)} 名。")
            return redirect(selection.get_absolute_url() + "#nominees")
    return _page(request, selection, choose=form)


@require_POST
@allow("activities.manage_selections")
def selection_move(request, pk, move):
    selection = _visible(request, pk)
    if move not in MOVE_FORMS:
        messages.error(request, f"没有“{move}”这一步，返回上一页重新选择。")
        return redirect(selection)
    form = MOVE_FORMS[move](request.POST, auto_id=f"{move}_%s")
    if form.is_valid():
        action, named = STEPS.get(move, actions.move_selection), {"move": move}
        if move in STEPS:
            named = {}
        values = {"selection": selection, "by": request.user, **named, **form.cleaned_data}
        done = saved(form, action, **values)
        if done:
            messages.success(request, f"{selection}：{done.get_state_display()}。")
            return redirect(selection)
    return _page(request, selection, box=MoveBox(move, rules.SELECTION_MOVES[move], form))


@allow("activities.manage_selections")
def selection_conclude(request, pk):
    selection = _visible(request, pk)
    if not _may_conclude(selection):
        why = "公示还没有满" if _on_show(selection) else selection.get_state_display()
        messages.error(request, f"这次评选{why}，现在不能记结果。")
        return redirect(selection)
    chosen = selection.nominees.filter(state="chosen").select_related("member", "group")
    form = ConcludeForm(posted(request), request.FILES or None, nominees=chosen)
    if request.method == "POST" and form.is_valid() and _concluded(request, form, selection):
        return redirect(selection)
    context = {"form": form, "selection": selection, "nominees": chosen}
    context["ticked"] = set(form.data.getlist("chosen")) if form.is_bound else None
    status = 422 if form.errors else 200
    return render(request, "activities/selection_conclude.html", context, status=status)


def _concluded(request, form: ConcludeForm, selection: Selection) -> bool:
    day, precision = form.cleaned_data["when"]
    number = form.cleaned_data["document_number"]
    done = saved(
        form,
        actions.conclude_selection,
        selection=selection,
        awarded=form.keys,
        honour=Honour(day=day, precision=precision, document_number=number),
        files=form.cleaned_data["files"],
        apart="apart" in request.POST,
        by=request.user,
    )
    if done:
        messages.success(request, f"{selection}：评上 {len(form.keys)} 名，一起记进了荣誉。")
    return bool(done)


@require_GET
@allow("activities.nominate")
def selection_paper(request, pk):
    """公示, 推荐表 or 名单, as Word or PDF."""
    selection = _visible(request, pk)
    kind, file_format = request.GET.get("paper", ""), request.GET.get("format", "docx")
    if kind not in _papers(request.user, selection) or file_format not in ("docx", "pdf"):
        messages.error(request, "没有这种材料，重新选一下。")
        return redirect(selection)
    nominees = reads.nominees_to_print(request.user, selection)
    people = [row.member_id for row in nominees if row.member_id]
    groups = reads.groups_of_people(people, selection.started_on)
    content, name = selection_paper_file(
        kind,
        selection,
        nominees,
        groups,
        file_format=file_format,
        office=request.office,
        today=timezone.localdate(),
    )
    return file_response(content, name, file_format)
