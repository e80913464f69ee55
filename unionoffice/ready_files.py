"""Files to keep with a record, checked and cleaned while no transaction is open: decoding a photo
takes a moment in which nobody else should have to wait for the database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from unionoffice.errors import FileRefused
from unionoffice.images import without_location
from unionoffice.uploads import PHOTO_KINDS, FileKind, check_size, file_kind, old_office_extension

KINDS = frozenset(FileKind) - {FileKind.TEXT}
MOST_FILES = 30  # at a time
MOST_BYTES = 50 * 1024 * 1024  # together; nginx lets a little more through
EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
LONGEST_STEM = 110  # characters


@dataclass(frozen=True)
class ReadyFile:
    """`name` ends in `extension`, which says what the content is."""

    name: str
    extension: str
    content: bytes


def check_sizes(files: list[tuple[str, int]]) -> None:
    """`files`: name and bytes. Raises FileRefused when they are too many or too large, before
    anything of them is read."""
    if len(files) > MOST_FILES:
        raise FileRefused(f"一次选了 {len(files)} 个文件，最多 {MOST_FILES} 个，分几次传。")
    for name, size in files:
        check_size(name, size)
    total = sum(size for _, size in files)
    if total > MOST_BYTES:
        raise FileRefused(
            f"这些文件一共 {total / 1024 / 1024:.1f} MB，一次最多 {MOST_BYTES // 1024 // 1024} MB，"
            "分几次传。"
        )


def ready_files(files: Iterable[tuple[str, bytes]]) -> list[ReadyFile]:
    """All the files, given as name and content, or none. Raises FileRefused with one sentence for
    each refused file."""
    ready, refusals = [], []
    for name, content in files:
        try:
            ready.append(_ready(name, content))
        except FileRefused as refusal:
            refusals.append(str(refusal))
    if refusals:
        raise FileRefused(*refusals)
    return ready


def _ready(name: str, content: bytes) -> ReadyFile:
    """Photos are re-encoded without the place they were taken at."""
    kind = file_kind(name, content, KINDS)
    if kind in PHOTO_KINDS:
        content = without_location(name, content, kind)
    extension = old_office_extension(content) if kind == FileKind.XLS else kind.value
    if extension is None:
        raise FileRefused(f"“{name}”不是旧版的 Word、Excel 或 PPT 文件，另存为 PDF 再传。")
    return ReadyFile(_honest_name(name, extension), extension, content)


def _honest_name(name: str, extension: str) -> str:
    """The name with the extension of what the file is, and no sign that hides a part of it."""
    stem = EXTENSION.sub("", "".join(sign for sign in name if sign.isprintable()))
    return f"{stem[:LONGEST_STEM] or '附件'}.{extension}"
