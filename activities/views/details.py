"""What stands on the page of an activity: its prizes, its documents, what was put right."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from activities import actions, queries
from activities.choices import ActivityState
from activities.forms.details import (
    DocumentForm,
    DocumentLabelForm,
    MendForm,
    PrizeForm,
    RemoveForm,
)
from activities.models import Activity, Prize
from activities.views.recording import overtaken
from activities.views.records import activity_page, whole_activity
from members.queries import members_visible_to
from unionoffice.access import allow
from unionoffice.actions import label_file, remove_file
from unionoffice.concurrent import in_turn
from unionoffice.forms import acted, posted, saved
from unionoffice.models import Attachment
from unionoffice.too_late import too_late
from unionoffice.undo import undo_tag


def _activity_or_404(request, pk) -> Activity:
    return get_object_or_404(queries.activities_changeable_by(request.user), pk=pk)


def _in_hands_or_404(request, pk) -> Activity:
    """Also what was voided or called off since its page was opened."""
    return get_object_or_404(queries.activities_in_hands_of(request.user), pk=pk)


def _is_gone(activity: Activity) -> bool:
    return bool(activity.voided_at) or activity.state == ActivityState.CALLED_OFF


def _prize_form(request, activity: Activity, prize: Prize, prefix: str | None = None) -> PrizeForm:
    return PrizeForm(
        posted(request),
        instance=prize,
        prefix=prefix,
        members=members_visible_to(request.user),
        groups=queries.groups_to_choose(request.user, activity.day, prize.group_id),
    )


@require_POST
@allow("activities.record_activity")
def prize_create(request, pk):
    activity = _in_hands_or_404(request, pk)
    form = _prize_form(request, activity, Prize(activity=activity), "prize")
    if _is_gone(activity):
        return overtaken(request, activity, form)
    if form.is_valid():
        prize = form.save(commit=False)
        rows = saved(form, actions.add_prizes, prize=prize, winners=form.found, by=request.user)
        if rows:
            number = f"，{len(rows)} 人" if len(rows) > 1 else ""
            messages.success(request, f"记下了：{prize}{number}。")
            return redirect(f"{activity.get_absolute_url()}#prizes")
    whole = whole_activity(request.user, pk)
    return activity_page(request, whole, status=422, prize_form=form)


@allow("activities.record_activity")
@in_turn(Prize)
def prize_update(request, pk):
    prize = _prize_in_hands(request, pk)
    if prize is None:
        return _prize_gone(request, pk)
    activity = prize.activity
    form = _prize_form(request, activity, prize)
    if _is_gone(activity):
        return overtaken(request, activity, form)
    if request.method == "POST" and form.is_valid():
        row, untouched = form.save(commit=False), form.untouched
        if saved(form, actions.update_prize, prize=row, untouched=untouched, by=request.user):
            messages.success(request, f"改好了：{prize}。")
            return redirect(f"{activity.get_absolute_url()}#prizes")
    context = {"form": form, "prize": prize, "activity": activity}
    status = 422 if form.errors else 200
    return render(request, "activities/prize_form.html", context, status=status)


def _prize_in_hands(request, pk) -> Prize | None:
    own = queries.activities_in_hands_of(request.user).order_by().values("pk")
    rows = Prize.objects.select_related("activity", "member")
    return rows.filter(pk=pk, activity__in=own).first()


def _prize_gone(request, pk: int):
    """Another one took the prize off while the form was open."""
    activity = get_object_or_404(queries.lost_prize(request.user, pk))
    form = _prize_form(request, activity, Prize())
    said = "这个奖去掉了；还要它，在活动那页重新加上。"
    return too_late(request, said, form, record=Prize(pk=pk), back=activity.get_absolute_url())


def _prize_or_404(request, pk) -> Prize:
    own = queries.activities_changeable_by(request.user).order_by().values("pk")
    return get_object_or_404(
        Prize.objects.select_related("activity", "member"), pk=pk, activity__in=own
    )


@require_POST
@allow("activities.record_activity")
def prize_drop(request, pk):
    prize = _prize_or_404(request, pk)
    activity, said = prize.activity, f"去掉了：{prize}。"
    entry = actions.drop_prize(prize=prize, by=request.user)
    back = reverse("activities:activity_prize_restore", args=[activity.pk, entry.number])
    messages.success(request, said, extra_tags=undo_tag(back))
    return redirect(f"{activity.get_absolute_url()}#prizes")


@require_POST
@allow("activities.record_activity")
def activity_prize_restore(request, pk, entry):
    activity = _activity_or_404(request, pk)
    acted(request, "这个奖又在下面了。", actions.restore_prize, activity=activity, entry=entry)
    return redirect(f"{activity.get_absolute_url()}#prizes")


@require_POST
@allow("activities.record_activity")
def activity_attach(request, pk):
    activity = _in_hands_or_404(request, pk)
    form = DocumentForm(request.POST, request.FILES, prefix="document")
    if _is_gone(activity):
        return overtaken(request, activity, form)
    if form.is_valid():
        actions.attach_documents(activity=activity, by=request.user, **form.cleaned_data)
        messages.success(request, "材料加好了。")
        return redirect(f"{activity.get_absolute_url()}#documents")
    whole = whole_activity(request.user, pk)
    return activity_page(request, whole, status=422, document_form=form)


@allow("activities.record_activity")
@in_turn(Attachment)
def attachment_update(request, pk):
    """What a document is; below it, taking it away."""
    attachment, activity = _document_or_404(request, pk)
    form = DocumentLabelForm(posted(request), initial={"label": attachment.label})
    if request.method == "POST" and form.is_valid():
        label = form.cleaned_data["label"]
        label_file(attachment=attachment, label=label, owner=activity, by=request.user)
        messages.success(request, f"改好了：{attachment}。")
        return redirect(f"{activity.get_absolute_url()}#documents")
    return _document_page(request, attachment, activity, form=form)


@allow("activities.record_activity")
@require_POST
def attachment_remove(request, pk):
    attachment, activity = _document_or_404(request, pk)
    form = RemoveForm(request.POST, prefix="remove")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        remove_file(attachment=attachment, reason=reason, owner=activity, by=request.user)
        messages.success(request, f"去掉了：{attachment}。")
        return redirect(f"{activity.get_absolute_url()}#documents")
    return _document_page(request, attachment, activity, remove_form=form)


def _document_or_404(request, pk) -> tuple[Attachment, Activity]:
    kind = Activity._meta.label_lower
    attachment = get_object_or_404(Attachment, pk=pk, owner_type=kind)
    return attachment, _activity_or_404(request, attachment.owner_id)


def _document_page(request, attachment: Attachment, activity: Activity, **forms):
    context = {
        "attachment": attachment,
        "activity": activity,
        "form": DocumentLabelForm(initial={"label": attachment.label}),
        "remove_form": RemoveForm(prefix="remove"),
        **forms,
    }
    wrong = any(form.errors for form in forms.values())
    status = 422 if wrong else 200
    return render(request, "activities/document_form.html", context, status=status)


@require_POST
@allow("activities.record_activity")
def activity_mend(request, pk):
    activity = _in_hands_or_404(request, pk)
    form = MendForm(request.POST)
    if _is_gone(activity):
        return overtaken(request, activity, form)
    if form.is_valid():
        day = form.cleaned_data["day"]
        undo = reverse("activities:activity_unmend", args=[pk])
        acted(
            request, f"记下了：{activity}，问题整改好了。",
            actions.mend_check, undo=undo, activity=activity, day=day,
        )  # fmt: skip
        return redirect(activity)
    whole = whole_activity(request.user, pk)
    return activity_page(request, whole, status=422, mend_form=form)


@require_POST
@allow("activities.record_activity")
def activity_unmend(request, pk):
    activity = _activity_or_404(request, pk)
    done = f"改回没整改好：{activity}。"
    acted(request, done, actions.mend_check, activity=activity, day=None)
    return redirect(activity)
