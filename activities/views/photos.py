"""The photos of an activity: the wall, one photo, what may be done with it, the files themselves."""

import tempfile
import zipfile

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET, require_POST, require_safe

from activities.actions import photos as actions
from activities.forms.photos import CaptionForm, PhotosForm, RemoveForm
from activities.models import Activity, Photo
from activities.queries import activities_visible_to
from activities.queries import photos as queries
from activities.rules.photos import PIECE
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.exports import CONTENT_TYPES
from unionoffice.forms import acted, posted, saved
from unionoffice.queries import log_for
from unionoffice.too_late import too_late

PAGE_SIZE = 60
PHOTO_GONE = "这张照片去掉了，说明没有地方写。"
# an address always leads to the same picture; the session's cookie is part of what is kept
LONG = "private, max-age=31536000, immutable"


def _activity(request, pk: int) -> Activity:
    return get_object_or_404(activities_visible_to(request.user), pk=pk)


@require_safe
@allow("activities.view_activities")
def photo_list(request, pk):
    return _wall(request, _activity(request, pk), PhotosForm())


def _wall(request, activity: Activity, form: PhotosForm, status: int = 200):
    photos = queries.photos_of(activity).order_by("order")
    page = Paginator(photos, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "activity": activity,
        "page": page,
        "form": form,
        "piece": PIECE,
        "may_add": queries.may_add(request.user, activity),
    }
    return render(request, "activities/photo_list.html", context, status=status)


@require_POST
@allow("activities.add_photos")
def photo_create(request, pk):
    activity = get_object_or_404(queries.activities_to_photograph(request.user), pk=pk)
    form = PhotosForm(request.POST, request.FILES)
    if form.is_valid():
        chosen = form.cleaned_data["photos"]
        kept = saved(form, actions.add_photos, activity=activity, photos=chosen, by=request.user)
        if kept is not None:
            messages.success(request, _said(len(kept), len(chosen)))
            return redirect("activities:photo_list", activity.pk)
    return _wall(request, activity, form, status=422)


def _said(kept: int, chosen: int) -> str:
    twice = f"{chosen - kept} 张已经在这里，没有再存。" if kept < chosen else ""
    return f"传好 {kept} 张照片。{twice}" if kept else twice


@require_GET
@allow("activities.export_activities")
def photo_export(request, pk):
    activity = _activity(request, pk)
    photos = list(queries.photos_of(activity).order_by("order"))
    if not photos:
        messages.warning(request, f"“{activity}”还没有照片。")
        return redirect("activities:photo_list", activity.pk)
    actions.note_photos_export(activity=activity, photos=len(photos), by=request.user)
    name = f"{activity.day:%Y-%m-%d}_{activity}_照片.zip"
    return FileResponse(_zipped(photos), as_attachment=True, filename=name)


def _zipped(photos: list[Photo]):
    """As they are, one after the other: pictures do not get smaller."""
    room = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(room, "w", zipfile.ZIP_STORED) as archive:
        for number, photo in enumerate(photos, start=1):
            with photo.image.open() as picture:
                archive.writestr(f"{number:03}.{photo.kind}", picture.read())
    room.seek(0)
    return room


@require_safe
@allow("activities.view_activities")
def photo_detail(request, pk):
    return _photo_page(request, _photo(request, pk))


def _photo(request, pk) -> Photo:
    visible = queries.photos_visible_to(request.user).select_related("activity", "added_by__member")
    return get_object_or_404(visible, pk=pk)


def _photo_page(request, photo: Photo, *, caption=None, remove=None, status: int = 200):
    user = request.user
    context = {
        "photo": photo,
        "activity": photo.activity,
        "place": queries.place_of(photo),
        "may_change": queries.may_change(user, photo),
        "may_arrange": queries.may_arrange(user, photo.activity),
        "caption_form": caption or CaptionForm(instance=photo),
        "remove_form": remove or RemoveForm(),
        "log": log_for(user, photo) if user.has_perm("activities.record_activity") else (),
    }
    return render(request, "activities/photo_detail.html", context, status=status)


def _own(request, pk) -> Photo:
    """One that the user may caption and take away."""
    photos = queries.photos_in_hands_of(request.user).standing().select_related("activity")
    return get_object_or_404(photos, pk=pk)


def _arranged(request, pk) -> Photo:
    photo = _own(request, pk)
    if not queries.may_arrange(request.user, photo.activity):
        messages.warning(request, "封面和先后由记这场活动的人来定。")
        return None
    return photo


@allow("activities.add_photos")
@in_turn(Photo)
def photo_update(request, pk):
    own = queries.photos_in_hands_of(request.user).select_related("activity")
    photo = get_object_or_404(own, pk=pk)
    form = CaptionForm(posted(request), instance=photo)
    if photo.removed_at:
        wall = reverse("activities:photo_list", args=[photo.activity_id])
        return too_late(request, PHOTO_GONE, form, record=photo, back=wall)
    if request.method == "POST" and form.is_valid():
        changed = form.save(commit=False)
        if saved(form, actions.update_photo, photo=changed, by=request.user):
            messages.success(request, "说明改好了。")
            return redirect(photo)
    return _photo_page(request, photo, caption=form, status=422 if form.errors else 200)


@require_POST
@allow("activities.add_photos")
def photo_cover(request, pk):
    if photo := _arranged(request, pk):
        acted(request, "这张是封面了。", actions.choose_cover, photo=photo)
    return redirect("activities:photo_detail", pk)


@require_POST
@allow("activities.add_photos")
def photo_move(request, pk):
    if photo := _arranged(request, pk):
        acted(request, "", actions.move_photo, photo=photo, to=request.POST.get("to", ""))
    return redirect("activities:photo_detail", pk)


@require_POST
@allow("activities.add_photos")
def photo_remove(request, pk):
    photo = _own(request, pk)
    form = RemoveForm(request.POST)
    if form.is_valid():
        reason, undo = form.cleaned_data["reason"], reverse("activities:photo_restore", args=[pk])
        done = "去掉了这张照片，一天以内可以撤销。"
        acted(request, done, actions.remove_photo, undo, photo=photo, reason=reason)
        return redirect("activities:photo_list", photo.activity_id)
    return _photo_page(request, photo, remove=form, status=422)


@require_POST
@allow("activities.add_photos")
def photo_restore(request, pk):
    photo = get_object_or_404(queries.photos_in_hands_of(request.user), pk=pk)
    acted(request, "照片回来了。", actions.restore_photo, photo=photo)
    return redirect("activities:photo_list", photo.activity_id)


@require_GET
@allow("activities.view_activities")
def photo_image(request, pk):
    photo = get_object_or_404(queries.photos_visible_to(request.user), pk=pk)
    return _picture(request, photo.image, photo, photo.sha256)


@require_GET
@allow("activities.view_activities")
def photo_small(request, pk):
    photo = get_object_or_404(queries.photos_visible_to(request.user), pk=pk)
    return _picture(request, photo.small, photo, f"{photo.sha256}-small")


def _picture(request, file, photo: Photo, tag: str) -> HttpResponse:
    """Kept by the browser for as long as the session: asked again, it hears 304."""
    etag = f'"{tag}"'
    response = get_conditional_response(request, etag=etag) or FileResponse(
        file.open(), content_type=CONTENT_TYPES[photo.kind]
    )
    response.headers["ETag"], response.headers["Cache-Control"] = etag, LONG
    return response
