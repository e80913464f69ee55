"""The office's own fields of work beside the shipped ones."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from activities import actions, queries
from activities.choices import Field
from activities.forms.own_fields import OwnFieldForm
from activities.models import OwnField
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.forms import acted, posted, saved


@require_safe
@allow("activities.manage_plans")
def field_list(request):
    return _list_page(request, OwnFieldForm())


def _list_page(request, form: OwnFieldForm, status: int = 200):
    counts = queries.field_counts()
    context = {
        "form": form,
        "shipped": [(label, counts.get(value, 0)) for value, label in Field.choices],
        "own": [(field, counts.get(field.name, 0)) for field in queries.own_fields()],
    }
    return render(request, "activities/field_list.html", context, status=status)


@require_POST
@allow("activities.manage_plans")
def field_create(request):
    form = OwnFieldForm(request.POST)
    if form.is_valid():
        field = form.save(commit=False)
        if saved(form, actions.add_field, field=field, by=request.user):
            messages.success(request, f"加好了：{field}")
            return redirect("activities:field_list")
    return _list_page(request, form, status=422)


@allow("activities.manage_plans")
@in_turn(OwnField)
def field_update(request, pk):
    field = get_object_or_404(queries.own_fields(), pk=pk)
    old = field.name
    form = OwnFieldForm(posted(request), instance=field)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        if saved(form, actions.rename_field, field=field, name=name, by=request.user):
            messages.success(request, f"“{old}”改名为“{name}”，已有的记录一起改了。")
            return redirect("activities:field_list")
    status = 422 if form.errors else 200
    context = {"form": form, "old": old, "count": queries.field_counts().get(old, 0)}
    return render(request, "activities/field_form.html", context, status=status)


@require_POST
@allow("activities.manage_plans")
def field_close(request, pk):
    field = get_object_or_404(queries.own_fields(), pk=pk)
    done = f"“{field}”停用了，新的记录不再能选它。"
    acted(request, done, actions.close_field, field=field, on=timezone.localdate())
    return redirect("activities:field_list")


@require_POST
@allow("activities.manage_plans")
def field_reopen(request, pk):
    field = get_object_or_404(queries.own_fields(), pk=pk)
    acted(request, f"“{field}”又能选了。", actions.reopen_field, field=field)
    return redirect("activities:field_list")


@require_POST
@allow("activities.manage_plans")
def field_drop(request, pk):
    field = get_object_or_404(queries.own_fields(), pk=pk)
    acted(request, f"删掉了“{field}”。", actions.drop_field, field=field)
    return redirect("activities:field_list")
