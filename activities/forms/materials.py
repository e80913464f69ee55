"""Photos and documents that come in one go: each goes where it belongs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.core.files.uploadedfile import UploadedFile

from unionoffice.errors import FileRefused
from unionoffice.fields import FilesField, SeveralFiles
from unionoffice.ready_files import ReadyFile, check_sizes, ready_files
from unionoffice.ready_photos import ENOUGH_TO_KNOW, ReadyPhoto, ready_photos
from unionoffice.uploads import PHOTO_KINDS, sniff


@dataclass(frozen=True)
class Materials:
    photos: tuple[ReadyPhoto, ...] = ()
    files: tuple[ReadyFile, ...] = ()


class MaterialsField(FilesField):
    """Several files; the value is a Materials."""

    def __init__(self, **kwargs):
        kinds = {"accept": "image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx"}
        super().__init__(**({"label": "照片和材料", "widget": SeveralFiles(kinds)} | kwargs))

    def clean(self, value, initial=None) -> Materials:
        given = value if isinstance(value, list) else [value] if value else []
        try:
            check_sizes([(file.name, file.size) for file in given])
        except FileRefused as refusal:
            raise forms.ValidationError(list(refusal.args)) from None
        return _ready([(file, _is_photo(file)) for file in given])


def _ready(given: list[tuple[UploadedFile, bool]]) -> Materials:
    refusals: list[str] = []
    files = _kept(ready_files, (file for file, is_photo in given if not is_photo), refusals)
    photos = _kept(ready_photos, (file for file, is_photo in given if is_photo), refusals)
    if refusals:
        raise forms.ValidationError(refusals)
    return Materials(photos, files)


def _kept(ready, files: Iterable[UploadedFile], refusals: list[str]) -> tuple:
    try:
        return tuple(ready((file.name, file.read()) for file in files))
    except FileRefused as refusal:
        refusals += refusal.args
        return ()


def _is_photo(file: UploadedFile) -> bool:
    beginning = file.read(ENOUGH_TO_KNOW)
    file.seek(0)
    return bool(beginning) and sniff(beginning) in PHOTO_KINDS
