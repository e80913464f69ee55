"""Filters of the roster that users keep under names of their own."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from members import actions, queries
from members.forms.roster import filter_query
from members.forms.selection import ViewNameForm
from members.selection import read_filter
from unionoffice.access import allow
from unionoffice.forms import posted, saved


@require_safe
@allow("members.view_members")
def saved_view_list(request):
    views = queries.saved_views(request.user)
    return render(request, "members/saved_view_list.html", {"views": views})


@allow("members.view_members")
def saved_view_create(request):
    """The filter to keep stands in the address."""
    if not read_filter(request.user, request.GET).is_valid():
        messages.error(request, "筛选条件看不懂，没有存。重新选一下再存。")
        return redirect("members:member_list")
    form = ViewNameForm(posted(request))
    if request.method == "POST" and form.is_valid():
        values = {"query": filter_query(request.GET), **form.cleaned_data}
        if view := saved(form, actions.save_view, user=request.user, **values):
            messages.success(request, f"存好了：{view}")
            return HttpResponseRedirect(f"{reverse('members:member_list')}?{view.query}")
    context = {"form": form, "title": "存下这个筛选", "button": "存下"}
    status = 422 if form.errors else 200
    return render(request, "members/saved_view_form.html", context, status=status)


@allow("members.view_members")
def saved_view_update(request, pk):
    view = get_object_or_404(queries.saved_views(request.user), pk=pk)
    form = ViewNameForm(posted(request), initial={"name": view.name})
    if request.method == "POST" and form.is_valid():
        values = {"view": view, "by": request.user, **form.cleaned_data}
        if saved(form, actions.rename_view, **values):
            messages.success(request, f"改好了：{view}")
            return redirect("members:saved_view_list")
    context = {"form": form, "title": f"改“{view}”的名称", "button": "保存"}
    status = 422 if form.errors else 200
    return render(request, "members/saved_view_form.html", context, status=status)


@require_POST
@allow("members.view_members")
def saved_view_drop(request, pk):
    view = get_object_or_404(queries.saved_views(request.user), pk=pk)
    actions.drop_view(view=view, by=request.user)
    messages.success(request, f"删掉了：{view}")
    return redirect("members:saved_view_list")
