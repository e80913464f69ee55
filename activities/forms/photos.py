"""Photos from a page without a script, and what is said about one."""

from django import forms

from activities.forms.wording import for_text
from activities.models import Photo
from activities.rules.photos import LONGEST_FINGERPRINT
from unionoffice.concurrent import ConcurrentForm
from unionoffice.errors import FileRefused
from unionoffice.fields import NULL_INSIDE, ReasonField, SeveralFiles
from unionoffice.forms import plain_helper
from unionoffice.ready_files import MOST_BYTES, MOST_FILES
from unionoffice.ready_photos import ReadyPhoto, check_photo_size, ready_photos

PHOTO_TYPES = "image/jpeg,image/png,image/webp"
LARGEST_SIZE = 2**31 - 1  # more is no size of a file


class PhotosField(forms.FileField):
    """Several photos; the value is a list of ReadyPhoto."""

    widget = SeveralFiles

    def __init__(self, **kwargs):
        attributes = {"accept": PHOTO_TYPES, "data-photo-files": ""}
        kwargs = {"label": "照片", "required": False, "widget": SeveralFiles(attributes)} | kwargs
        super().__init__(**kwargs)

    def clean(self, value, initial=None) -> list[ReadyPhoto]:
        files = value if isinstance(value, list) else [value] if value else []
        if not files and self.required:
            raise forms.ValidationError("还没有选照片，选几张再传。")
        try:
            _check_sizes([(file.name, file.size) for file in files])
            return ready_photos((file.name, file.read()) for file in files)
        except FileRefused as refusal:
            raise forms.ValidationError(list(refusal.args)) from None


def _check_sizes(files: list[tuple[str, int]]) -> None:
    if len(files) > MOST_FILES:
        raise FileRefused(f"一次选了 {len(files)} 张照片，最多 {MOST_FILES} 张，分几次传。")
    for name, size in files:
        check_photo_size(name, size)
    total = sum(size for _, size in files)
    if total > MOST_BYTES:
        raise FileRefused(
            f"这些照片一共 {total / 1024 / 1024:.1f} MB，一次最多 {MOST_BYTES // 1024 // 1024} MB，"
            "分几次传。"
        )


class PhotosForm(forms.Form):
    photos = PhotosField(required=True)

    helper = plain_helper()


class UploadForm(forms.Form):
    """What a page says of a photo before it sends the first piece."""

    name = forms.CharField(max_length=400, required=False)
    size = forms.IntegerField(max_value=LARGEST_SIZE)
    fingerprint = forms.CharField(max_length=LONGEST_FINGERPRINT, strip=False)


class CaptionForm(ConcurrentForm):
    helper = plain_helper()

    class Meta:
        model = Photo
        fields = ["caption"]
        help_texts = {"caption": "谁、在做什么，一句话"}
        error_messages = {"caption": for_text()}


class RemoveForm(forms.Form):
    reason = ReasonField(
        label="为什么去掉",
        error_messages={
            "required": "写上为什么去掉，例如：本人不愿意放。",
            "null_characters_not_allowed": NULL_INSIDE,
        },
    )

    helper = plain_helper()
