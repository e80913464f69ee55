"""The visits in the browser."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from unionoffice.access import allow
from unionoffice.attachments import attachments_of
from unionoffice.concurrent import in_turn
from unionoffice.exports import table_response
from unionoffice.facts import number_text
from unionoffice.forms import VoidForm, acted, saved
from unionoffice.periods import Period
from unionoffice.undo import undo_tag
from welfare import actions, queries, rules
from welfare.exporters import VisitRegister
from welfare.facts import totals
from welfare.forms import AMOUNTS, QUICK_AMOUNTS, QUICK_PLACES, TODAY, VisitFilter, VisitForm
from welfare.models import Visit

PAGE_SIZE = 50


@require_safe
@allow("welfare.view_visits")
def visit_list(request):
    form, visits = _chosen(request)
    numbers = totals(visits)
    paginator = Paginator(queries.with_row_values(visits), PAGE_SIZE)
    paginator.count = numbers.visits or 0
    page = paginator.get_page(request.GET.get("page"))
    page.object_list = queries.rows(page.object_list)
    _note_list(request, "view", form, paginator.count)
    context = {
        "form": form,
        "period": form.cleaned_data.get("period") or Period.current(),
        "page": page,
        "totals": numbers,
        "narrowed": any(form.cleaned_data.get(name) for name in ("q", "kind", "gift", "state")),
    }
    status = 422 if form.errors else 200
    return render(request, "welfare/visit_list.html", context, status=status)


def _chosen(request):
    """The filter and the rows that it leaves: none at all when it can't be read."""
    form = VisitFilter(request.GET)
    visible = queries.visits_visible_to(request.user)
    if not form.is_valid():
        return form, visible.none()
    return form, queries.filtered(visible, **form.cleaned_data)


def _note_list(request, act: str, form, rows: int) -> None:
    """The chain keeps what the filter understood; of a search only that there was one."""
    chosen = form.cleaned_data
    filters = {name: chosen[name] for name in ("kind", "gift", "state") if chosen.get(name)}
    if "period" in chosen:
        filters["period"] = chosen["period"].code
    if chosen.get("q"):
        filters["q"] = True
    actions.note_list(office=request.office, by=request.user, act=act, filters=filters, rows=rows)


@require_GET
@allow("welfare.export_visits")
def visit_export(request):
    form, visits = _chosen(request)
    if form.errors:
        messages.error(request, "筛选条件看不懂，没有导出，重新选一下再导出。")
        return redirect("welfare:visit_list")
    _note_list(request, "export", form, visits.count())
    table = VisitRegister(queries.with_row_values(visits), form.cleaned_data["period"])
    return table_response(table, request.GET.get("format", "xlsx"))


@allow("welfare.record_visit")
def visit_create(request):
    form = _form(request, initial={"when": TODAY, "visitors": [request.user.member_id]})
    if request.method == "POST" and _save(form, request, actions.record_visit):
        undo = undo_tag(reverse("welfare:visit_undo", args=[form.instance.pk]))
        said = f"记下了：{_what_was_given(form.instance)}"
        messages.success(request, said, extra_tags=undo)
        _say_what_is_odd(request, form.instance)
        again = "again" in request.POST
        return redirect("welfare:visit_create" if again else "welfare:visit_list")
    return _render_form(request, form, adding=True)


@allow("welfare.record_visit")
@in_turn(Visit)
def visit_update(request, pk):
    visit = get_object_or_404(queries.visits_visible_to(request.user), pk=pk)
    if visit.voided and request.method != "POST":
        messages.error(request, rules.VOIDED)
        return redirect(visit)
    initial = {"visitors": list(visit.visitors.values_list("pk", flat=True))}
    form = _form(request, instance=visit, initial=initial)
    if request.method == "POST" and _save(
        form, request, actions.update_visit, untouched=form.untouched
    ):
        messages.success(request, f"改好了：{_what_was_given(form.instance)}")
        _say_what_is_odd(request, form.instance)
        return redirect(visit)
    actions.note_look(visit=visit, by=request.user)
    return _render_form(request, form, adding=False)


def _say_what_is_odd(request, visit: Visit) -> None:
    for oddity in rules.oddities(visit, timezone.localdate()):
        messages.warning(request, f"慰问{visit.person}：{oddity}")


def _form(request, **kwargs) -> VisitForm:
    return VisitForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        members=queries.people_to_visit(request.user),
        visitors=queries.visitor_choices(request.user, kwargs.get("instance")),
        **kwargs,
    )


def _save(form, request, action, **values) -> bool:
    """Let the action save what the form holds; what it refuses stands in the form."""
    if not form.is_valid():
        return False
    visit = saved(
        form,
        action,
        visit=form.save(commit=False),
        visitors=form.cleaned_data["all_visitors"],
        files=form.cleaned_data["files"],
        by=request.user,
        **values,
    )
    return visit is not None


def _render_form(request, form, *, adding: bool):
    context = {
        "form": form,
        "adding": adding,
        "amounts": QUICK_AMOUNTS,
        "places": QUICK_PLACES,
        "sees_everyone": queries.sees_everyone(request.user),
        **_preview(request, form),
    }
    status = 422 if form.errors else 200
    return render(request, "welfare/visit_form.html", context, status=status)


@require_POST
@allow("welfare.record_visit")
def visit_preview(request):
    """What would be recorded, in a sentence. Records no visit."""
    form = _form(request)
    form.is_valid()
    context = {**_preview(request, form), "answer": True}
    return render(request, "welfare/visit_preview.html", context)


def _preview(request, form) -> dict:
    """What the form holds so far, and the person's visits of the last three years."""
    today = timezone.localdate()
    visit, visitors = form.draft()
    earlier = list(queries.earlier_visits(request.user, visit, today))
    if visit.member:
        actions.note_earlier(
            office=request.office, by=request.user, member=visit.member, rows=len(earlier)
        )
    return {
        "visit": visit,
        "visitors": visitors,
        "card": queries.card_of(visit, earlier, today),
        "earlier": earlier,
        "this_year": today.year,
        "oddities": rules.oddities(visit, today) if _is_clear(form, visit) else (),
    }


def _is_clear(form, visit: Visit) -> bool:
    """Whether one can tell already what is odd: who and why are known, the amounts readable."""
    return bool(visit.person and visit.kind) and not form.errors.keys() & AMOUNTS


def _what_was_given(visit: Visit) -> str:
    """慰问王某 400 元."""
    money = f" {number_text(visit.money, money=True)} 元" if visit.money else ""
    return f"慰问{visit.person}{money}"


@require_safe
@allow("welfare.view_visits")
def visit_detail(request, pk):
    return _render_visit(request, pk, VoidForm())


def _render_visit(request, pk, void_form):
    """The visit with its circumstances, which leaves a trace."""
    visits = queries.visits_visible_to(request.user).select_related("recorded_by__member")
    visit = get_object_or_404(queries.for_detail(visits), pk=pk)
    actions.note_look(visit=visit, by=request.user)
    context = {
        "visit": visit,
        "files": attachments_of(visit),
        "void_form": void_form,
        "may_undo": actions.may_undo_visit(visit=visit, by=request.user),
        "log": queries.log_for(request.user, visit),
    }
    status = 422 if void_form.errors else 200
    return render(request, "welfare/visit_detail.html", context, status=status)


@require_POST
@allow("welfare.void_visit")
def visit_void(request, pk):
    visit = get_object_or_404(queries.visits_visible_to(request.user), pk=pk)
    form = VoidForm(request.POST)
    if not form.is_valid():
        return _render_visit(request, pk, form)
    done = f"作废了：{_what_was_given(visit)}，不再计入任何数字。"
    acted(request, done, actions.void_visit, visit=visit, **form.cleaned_data)
    return redirect(visit)


@require_POST
@allow("welfare.record_visit")
def visit_undo(request, pk):
    visit = get_object_or_404(queries.visits_visible_to(request.user), pk=pk)
    done = f"撤销了：{_what_was_given(visit)}，不计入任何数字。"
    if acted(request, done, actions.undo_visit, visit=visit):
        return redirect("welfare:visit_list")
    return redirect(visit)
