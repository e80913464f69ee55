"""Short messages: written to ticked people, read on the home page."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from members import actions, queries
from members.forms.selection import MessageForm
from members.views.selection import to_list, with_selection
from unionoffice.access import allow
from unionoffice.errors import RuleBroken
from unionoffice.forms import posted, saved
from unionoffice.undo import undo_tag

PAGE_SIZE = 50


@require_safe
@allow("members.send_messages")
def message_list(request):
    page = Paginator(queries.messages_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "members/message_list.html", {"page": page})


@allow("members.send_messages")
@with_selection
def message_create(request, selection):
    form = MessageForm(posted(request))
    if request.method == "POST" and form.is_valid():
        values = {"seal": request.POST.get("seal", ""), "by": request.user, **form.cleaned_data}
        message = saved(form, _sent, selection=selection, **values)
        if message:
            tag = undo_tag(reverse("members:message_withdraw", args=[message.pk]))
            messages.success(request, f"发给 {selection.count} 人了", extra_tags=tag)
            return to_list(selection)
    without_account = queries.without_account(selection.people)
    context = {"form": form, "selection": selection, "without_account": without_account}
    status = 422 if form.errors else 200
    return render(request, "members/message_form.html", context, status=status)


def _sent(selection, seal, text, by):
    selection.refuse_others(seal)
    return actions.send_message(text=text, members=selection.people, by=by)


@require_safe
@allow("members.send_messages")
def message_detail(request, pk):
    message = get_object_or_404(queries.messages_of(request.user), pk=pk)
    context = {"message": message, "deliveries": queries.deliveries_of(message)}
    return render(request, "members/message_detail.html", context)


@require_POST
@allow("members.send_messages")
def message_withdraw(request, pk):
    message = get_object_or_404(queries.messages_of(request.user), pk=pk)
    try:
        unread = actions.withdraw_message(message=message, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        seen = f"，{message.read} 人已经看过" if message.read else ""
        messages.success(request, f"收回了，{unread} 人的首页上不再显示{seen}")
    return redirect("members:message_list")


@require_safe
@allow("members.read_messages")
def my_messages(request):
    page = Paginator(queries.deliveries_to(request.user), PAGE_SIZE)
    page = page.get_page(request.GET.get("page"))
    return render(request, "members/my_messages.html", {"page": page})


@require_POST
@allow("members.read_messages")
def message_read(request, pk):
    """`pk` is the delivery's: one's own, or it is not there."""
    delivery = get_object_or_404(queries.deliveries_to(request.user), pk=pk)
    actions.read_message(delivery=delivery)
    return redirect("unionoffice:home")
