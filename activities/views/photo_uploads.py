"""Where a page sends photos piece by piece: it asks, and hears, in JSON."""

from http import HTTPStatus

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from activities.actions import photo_uploads as actions
from activities.forms.photos import UploadForm
from activities.queries.photos import activities_to_photograph
from activities.rules.photos import ALREADY_THERE, OutOfStep, check_piece_size
from unionoffice.access import allow
from unionoffice.errors import RuleBroken

UNREADABLE = "没有收到照片的名称和大小，刷新页面，重新选一次照片。"
NO_OFFSET = "没有写明这一段从哪里开始，刷新页面，重新选一次照片。"


@require_POST
@allow("activities.add_photos")
def photo_upload_start(request, pk):
    activity = get_object_or_404(activities_to_photograph(request.user), pk=pk)
    form = UploadForm(request.POST)
    if not form.is_valid():
        return _refused(UNREADABLE)
    try:
        upload = actions.start_upload(activity=activity, by=request.user, **form.cleaned_data)
    except RuleBroken as refusal:
        return _refused(str(refusal))
    address = reverse("activities:photo_upload_piece", args=[upload.pk])
    done = actions.is_finished(upload)
    return JsonResponse({"address": address, "received": upload.received, "done": done})


@require_POST
@allow("activities.add_photos")
def photo_upload_piece(request, pk):
    """The body is the piece; `?offset=` says where in the photo it begins."""
    offset = request.GET.get("offset", "")
    try:
        if not (offset.isascii() and offset.isdecimal() and len(offset) < 11):
            return _refused(NO_OFFSET)
        upload, photo = actions.receive_piece(
            pk=pk, offset=int(offset), piece=_piece(request), by=request.user
        )
    except OutOfStep as step:
        return _refused(str(step), HTTPStatus.CONFLICT, received=step.received)
    except actions.NoSuchUpload as refusal:
        return _refused(str(refusal), HTTPStatus.NOT_FOUND)
    except RuleBroken as refusal:
        return _refused(str(refusal))
    done = upload.received == upload.size
    said = {"said": ALREADY_THERE} if done and photo is None else {}
    return JsonResponse({"received": upload.received, "done": done} | said)


def _piece(request) -> bytes:
    """The body, unless it says that it is longer than any piece: it is not read then."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    check_piece_size(length)
    return request.body


def _refused(sentence: str, status: int = HTTPStatus.UNPROCESSABLE_ENTITY, **more) -> JsonResponse:
    return JsonResponse({"refused": sentence} | more, status=status)
