"""Private fields: what the office keeps and why, the values of one person, each look at them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from members import actions, queries
from members.choices import PrivateField
from members.forms.private import KeptFieldForm, PrivateForm
from members.models import KeptField
from members.private import ALL_FIELDS, fields_for, key_file
from members.queries.person import kept_fields, private_rows
from unionoffice.access import allow
from unionoffice.forms import posted, saved


@require_safe
@allow("members.keep_private")
def kept_field_list(request):
    rows = [(PrivateField(field), kept) for field, kept in kept_fields().items()]
    context = {"rows": rows, "key_file": key_file()}
    return render(request, "members/kept_field_list.html", context)


@allow("members.keep_private")
def kept_field_create(request):
    free = [field for field, kept in kept_fields().items() if kept is None]
    form = KeptFieldForm(posted(request), fields=free, initial={"field": request.GET.get("field")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        kept = saved(
            form, actions.keep_field, field=data["field"], reason=data["reason"], by=request.user
        )
        if kept:
            messages.success(request, f"开了：{kept}，可以在每个人的资料里记了")
            return redirect("members:kept_field_list")
    status = 422 if form.errors else 200
    return render(request, "members/kept_field_form.html", {"form": form}, status=status)


@allow("members.keep_private")
def kept_field_delete(request, pk):
    kept = get_object_or_404(KeptField, pk=pk)
    if request.method == "POST":
        label = kept.get_field_display()
        count = actions.drop_field(kept=kept, by=request.user)
        messages.success(request, f"关了：{label}，记下的 {count} 条都删掉了")
        return redirect("members:kept_field_list")
    context = {"kept": kept_fields()[kept.field]}
    return render(request, "members/kept_field_delete.html", context)


@require_POST
@allow("members.keep_private")
def kept_field_clear(request, pk):
    kept = get_object_or_404(KeptField, pk=pk)
    count = actions.drop_of_left(kept=kept, by=request.user)
    messages.success(request, f"删掉了 {count} 个离开的人的{kept}")
    return redirect("members:kept_field_list")


@require_POST
@allow("members.view_private")
def member_private_detail(request, pk):
    """The person's page, with the one value that was asked for."""
    member = get_object_or_404(queries.members_visible_to(request.user), pk=pk)
    return _look(request, member, fields_for(request.user.roles))


@require_POST
@allow("members.view_own_profile")
def own_private_detail(request):
    return _look(request, request.user.member, ALL_FIELDS)


def _look(request, member, fields):
    field = request.POST.get("field", "")
    if field not in fields:
        messages.error(request, "没有这一项，或者它不归您看。")
        return redirect(member if member.pk != request.user.member_id else "members:my_profile")
    value = actions.look_at_private(member=member, field=field, by=request.user)
    own = member.pk == request.user.member_id and fields == ALL_FIELDS
    context = {
        "member": member,
        "private_rows": private_rows(member, fields, {field: value}),
        "private_url": request.path,
        "may_change_private": not own and request.user.has_perm("members.change_private"),
        "back": reverse("members:my_profile") if own else member.get_absolute_url(),
    }
    return render(request, "members/member_private_detail.html", context)


@sensitive_post_parameters()
@allow("members.change_private")
def member_private_update(request, pk):
    member = get_object_or_404(queries.members_visible_to(request.user), pk=pk)
    rows = private_rows(member, fields_for(request.user.roles))
    form = PrivateForm(posted(request), rows=rows, member=member)
    if request.method == "POST" and form.is_valid():
        changed = saved(
            form, actions.change_private, member=member, values=form.values, by=request.user
        )
        if changed is not None:
            words = "、".join(PrivateField(field).label for field in changed)
            messages.success(request, f"改好了：{member}的{words}" if words else "没有改动")
            return redirect(member)
    context = {"form": form, "member": member, "rows": rows}
    status = 422 if form.errors else 200
    return render(request, "members/member_private_form.html", context, status=status)
