"""职称评审: who came to which title in a period."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from members.actions import titles as actions
from members.exporters.titles import TitleRegister
from members.forms.titles import TitleFilter, TitleForm
from members.models import TitleGrant
from members.queries import members_visible_to, words_in_use
from members.queries import titles as queries
from members.queries.membership import departments_of
from unionoffice.access import allow
from unionoffice.errors import RuleBroken
from unionoffice.exports import table_response
from unionoffice.fields import LONGEST_KEY
from unionoffice.forms import acted, posted, saved
from unionoffice.undo import undo_tag

PAGE_SIZE = 50


@require_safe
@allow("members.view_forecasts")
def title_list(request):
    form, rows = _asked(request)
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "titles": queries.by_title(rows),
        "narrowed": bool(form.errors) or bool(form.cleaned_data["q"]),
    }
    status = 422 if form.errors else 200
    return render(request, "members/title_list.html", context, status=status)


def _asked(request):
    """The rows of the list and of its export; none when the address asks for nonsense."""
    form = TitleFilter(request.GET)
    rows = TitleGrant.objects.none()
    if form.is_valid():
        rows = queries.titles_in(request.user, **form.cleaned_data)
    return form, rows


@require_GET
@allow("members.export_members")
def title_export(request):
    form, rows = _asked(request)
    if form.errors:
        raise RuleBroken("导出的筛选条件看不懂，回到职称重新筛选再导出。")
    departments = departments_of([one.member_id for one in rows])
    table = TitleRegister(rows, departments, form.cleaned_data["period"])
    actions.note_titles_export(rows=len(rows), office=request.office, by=request.user)
    return table_response(table, request.GET.get("format", "xlsx"))


@allow("members.manage_members")
def title_create(request):
    words = words_in_use("title")["title"]
    form = TitleForm(posted(request), people=members_visible_to(request.user), words=words)
    if request.method == "POST" and form.is_valid():
        values = {"grant": form.save(commit=False), "members": form.cleaned_data["names"]}
        rows = saved(form, actions.grant_titles, by=request.user, **values)
        if rows:
            names = "、".join(str(one.member) for one in rows)
            messages.success(request, f"记下了：{names}评上{rows[0].title}", extra_tags=_undo(rows))
            return redirect("members:title_list")
    status = 422 if form.errors else 200
    return render(request, "members/title_form.html", {"form": form}, status=status)


def _undo(grants: list[TitleGrant]) -> str:
    first, *others = grants
    more = urlencode([("also", one.pk) for one in others])
    return undo_tag(f"{reverse('members:title_undo', args=[first.pk])}?{more}")


@require_POST
@allow("members.manage_members")
def title_undo(request, pk):
    """With `also`, the others that were recorded with it."""
    also = [key for key in request.GET.getlist("also") if key.isdecimal()]
    also = [int(key) for key in also if len(key) <= LONGEST_KEY]
    grants = list(queries.titles_visible_to(request.user).filter(pk__in=[pk, *also]))
    if not grants:
        raise Http404
    done = f"撤销了：{'、'.join(str(one.member) for one in grants)}评上{grants[0].title}"
    acted(request, done, actions.undo_titles, grants=grants)
    return redirect("members:title_list")


@require_POST
@allow("members.manage_members")
def title_drop(request, pk):
    grant = get_object_or_404(queries.titles_visible_to(request.user), pk=pk)
    acted(request, f"去掉了：{grant}", actions.drop_title, grant=grant)
    return redirect("members:title_list")
