"""Photos to keep with a thumbnail each, checked and shrunk while no transaction is open."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from unionoffice.errors import FileRefused
from unionoffice.images import ShrunkPhoto, shrunk_photo
from unionoffice.uploads import PHOTO_KINDS, FileKind, sniff

LARGEST_PHOTO = 20 * 1024 * 1024  # bytes, as the phone has it
ENOUGH_TO_KNOW = 12  # bytes that show what a file is
NO_PHOTO = (
    "“{name}”不是照片，这里收 JPEG、PNG 和 WebP。苹果手机的 HEIC 照片在手机上直接选，会自动转好。"
)


@dataclass(frozen=True)
class ReadyPhoto:
    """`kind` says what both pictures are; `sha256` is that of the large one."""

    name: str
    kind: str
    picture: ShrunkPhoto
    sha256: str


def check_photo_size(name: str, size: int) -> None:
    """Raises FileRefused for an empty photo and for one that is too large to take."""
    if size <= 0:
        raise FileRefused(f"“{name}”是空文件，重新选一张。")
    if size > LARGEST_PHOTO:
        raise FileRefused(
            f"“{name}”有 {size / 1024 / 1024:.1f} MB，一张照片最多"
            f" {LARGEST_PHOTO // 1024 // 1024} MB，缩小了再传。"
        )


def photo_kind(name: str, beginning: bytes) -> FileKind:
    """What the first bytes show. Raises FileRefused when it is no photo."""
    kind = sniff(beginning[:ENOUGH_TO_KNOW])
    if kind not in PHOTO_KINDS:
        raise FileRefused(NO_PHOTO.format(name=name))
    return kind


def ready_photo(name: str, content: bytes) -> ReadyPhoto:
    """Raises FileRefused when it is no photo, damaged, or has too many pixels."""
    check_photo_size(name, len(content))
    kind = photo_kind(name, content)
    picture = shrunk_photo(name, content, kind)
    return ReadyPhoto(name, kind.value, picture, hashlib.sha256(picture.content).hexdigest())


def ready_photos(files: Iterable[tuple[str, bytes]]) -> list[ReadyPhoto]:
    """All of them, given as name and content, or none. Raises FileRefused with one sentence for
    each refused photo."""
    ready, refusals = [], []
    for name, content in files:
        try:
            ready.append(ready_photo(name, content))
        except FileRefused as refusal:
            refusals.append(str(refusal))
    if refusals:
        raise FileRefused(*refusals)
    return ready
