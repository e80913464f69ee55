"""Motions: writing, seconding, deciding."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from congress import actions, queries, rules
from congress.choices import MotionState
from congress.forms import MotionFilter, MotionForm, MoveForm
from congress.log import log_lines
from congress.models import Motion
from congress.steps import steps_of
from unionoffice.access import allow
from unionoffice.attachments import attachments_of
from unionoffice.concurrent import in_turn
from unionoffice.errors import RuleBroken
from unionoffice.forms import posted, saved
from unionoffice.list_filters import ListFilter, TabFilter
from unionoffice.periods import Period
from unionoffice.undo import undo_tag

PAGE_SIZE = 50


@require_safe
@allow("congress.view_motions")
def motion_list(request):
    counts = queries.tab_counts(request.user)
    tab = _tab(request, counts)
    form = _filter(request, tab)
    form.is_valid()
    motions = _rows(request.user, tab, form)
    page = Paginator(queries.for_list(motions), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "tab": tab,
        "counts": counts,
        "page": page,
        "period": form.cleaned_data.get("period") or Period.current(),
        "needed": queries.seconders_needed(timezone.localdate()),
    }
    status = 422 if form.errors else 200
    return render(request, "congress/motion_list.html", context, status=status)


def _tab(request, counts: dict[str, int]) -> str:
    """The tab in the address; else the first that holds something to do. What is no tab is said
    by the filter of 全部."""
    asked = request.GET.get("tab")
    if asked:
        return asked if asked in TABS else "all"
    if counts["to_decide"] and request.user.has_perm("congress.file_motion"):
        return "to_decide"
    return "asking" if counts["asking"] else "all"


def _filter(request, tab: str) -> ListFilter:
    if tab == "all":
        query = request.GET.copy()
        query.setdefault("tab", tab)  # whoever searches under it stays there
        return MotionFilter(query, sessions=queries.sessions())
    return TabFilter(request.GET, tabs=[tab])


def _rows(user, tab: str, form: ListFilter):
    if form.errors:
        return queries.own(user).none()
    return TABS[tab](user, {name: form.cleaned_data[name] for name in form.fields if name != "tab"})


TABS = {
    "to_decide": lambda user, chosen: queries.waiting_for_decision(),
    "asking": lambda user, chosen: queries.asking(user),
    "own": lambda user, chosen: queries.own(user),
    "all": lambda user, chosen: queries.received(user, **chosen),
}


@require_safe
@allow("congress.view_motions")
def motion_detail(request, pk):
    return _render_motion(request, pk)


def _render_motion(request, pk, refused: MoveForm | None = None):
    motion = _motion_or_404(request, pk)
    needed = queries.seconders_needed(timezone.localdate())
    seconders = queries.seconders_of(motion)
    seconded = request.user.member in seconders
    context = {
        "motion": motion,
        "seconders": seconders,
        "needed": needed,
        "missing": max(needed - len(seconders), 0),
        "steps": steps_of(motion, len(seconders), needed),
        "forward": rules.FORWARD,
        "offers": rules.motion_offers(motion, request.user),
        "can_edit": rules.may_edit(motion, request.user),
        "can_second": rules.may_second(motion, request.user) and not seconded,
        "can_unsecond": seconded and motion.state == MotionState.SECONDING,
        "files": attachments_of(motion),
        "log": log_lines(request.user, motion),
        "refused": refused,
    }
    status = 422 if refused else 200
    return render(request, "congress/motion_detail.html", context, status=status)


@allow("congress.submit_motion")
def motion_create(request):
    session = queries.current_session(timezone.localdate())
    form = _form(request, initial={"session": session})
    if request.method == "POST" and form.is_valid():
        motion = _saved(request, form, actions.add_motion)
        if motion:
            return redirect(motion)
    return _render_form(request, form, adding=True)


@allow("congress.submit_motion")
@in_turn(Motion)
def motion_update(request, pk):
    motion = get_object_or_404(queries.own(request.user), pk=pk)
    form = _form(request, instance=motion)
    if (
        request.method == "POST"
        and form.is_valid()
        and _saved(request, form, actions.update_motion, untouched=form.untouched)
    ):
        return redirect(motion)
    return _render_form(request, form, adding=False)


def _form(request, **kwargs) -> MotionForm:
    return MotionForm(
        posted(request),
        request.FILES or None,
        sessions=queries.sessions(),
        hand_in="hand_in" in request.POST,
        **kwargs,
    )


def _saved(request, form, action, **values):
    motion = saved(
        form,
        action,
        motion=form.save(commit=False),
        files=form.cleaned_data["files"],
        hand_in=form.hand_in,
        by=request.user,
        **values,
    )
    if motion:
        words = SAVED_WORDS.get(motion.state, "草稿存好了，想好再提交。")
        messages.success(request, words, extra_tags=_undo(motion, "motion_retract"))
    return motion


SAVED_WORDS = {
    MotionState.SECONDING: "提交了，等同事附议。",
    MotionState.SUBMITTED: "提交了，附议已经够数，送去审查。",
}


def _render_form(request, form, *, adding: bool):
    context = {
        "form": form,
        "adding": adding,
        "needed": queries.seconders_needed(timezone.localdate()),
    }
    status = 422 if form.errors else 200
    return render(request, "congress/motion_form.html", context, status=status)


@require_POST
@allow("congress.second_motion")
def motion_second(request, pk):
    done = "附议了，谢谢您支持。"
    return _act(request, pk, done, actions.second_motion, undo="motion_unsecond")


@require_POST
@allow("congress.second_motion")
def motion_unsecond(request, pk):
    return _act(request, pk, "附议撤回了。", actions.unsecond_motion)


@require_POST
@allow("congress.submit_motion")
def motion_retract(request, pk):
    """撤销 beside what was said when the motion was handed in: the step 拿回来改."""
    return _act(request, pk, "拿回来了，改好再提交。", actions.move_motion, move="retract")


@require_POST
@allow("congress.view_motions")
def motion_move(request, pk):
    """The permission of the step itself is checked by the action."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _render_motion(request, pk, form)
    step = rules.MOVES.get(form.cleaned_data["move"])
    return _act(
        request,
        pk,
        f"办好了：{step.label}。" if step else "",
        actions.move_motion,
        undo="motion_retract" if step and step.target == MotionState.SECONDING else "",
        **form.cleaned_data,
    )


def _act(request, pk, done: str, action, undo: str = "", **values):
    motion = _motion_or_404(request, pk)
    try:
        motion = action(motion=motion, by=request.user, **values)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done, extra_tags=_undo(motion, undo))
    return redirect(motion)


def _undo(motion, page: str) -> str:
    """The button 撤销 beside the message, as long as the motion only waits for seconders."""
    if not page or motion.state != MotionState.SECONDING:
        return ""
    return undo_tag(reverse(f"congress:{page}", args=[motion.pk]))


def _motion_or_404(request, pk):
    motions = queries.motions_visible_to(request.user)
    return get_object_or_404(motions.select_related("proposer", "session__congress"), pk=pk)
