"""What a handed-in file really is: judged by its content, never by its name."""

import io
import zipfile
import zlib
from collections.abc import Collection
from enum import StrEnum

from unionoffice.errors import FileRefused

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 30 * 1024 * 1024  # what a .xlsx or .docx of MAX_BYTES may unpack to
CHUNK = 1024 * 1024
DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
TEXT_ENCODINGS = ("utf-8-sig", "gb18030")
UNMARKED_UTF16 = ("utf-16-be", "utf-16-le")


class FileKind(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    DOCX = "docx"
    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    TEXT = "txt"


PHOTO_KINDS = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
KIND_WORDS = {
    FileKind.XLSX: "Excel 工作簿（.xlsx）",
    FileKind.XLS: "旧版 Office 文件（.xls、.doc）",
    FileKind.DOCX: "Word 文档（.docx）",
    FileKind.PDF: "PDF",
    FileKind.JPEG: "JPEG 照片",
    FileKind.PNG: "PNG 图片",
    FileKind.WEBP: "WebP 图片",
    FileKind.TEXT: "文本（.txt、.csv、.md）",
}
SIGNATURES = (
    (b"%PDF-", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.XLS),
)
PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
ZIP_SIGNATURE = b"PK\x03\x04"
# What a file in the old container holds, by the names in its directory.
OLD_OFFICE_STREAMS = {
    "WordDocument": "doc",
    "PowerPoint Document": "ppt",
    "Workbook": "xls",
    "Book": "xls",
}
ZIP_PARTS = {"xl/workbook.xml": FileKind.XLSX, "word/document.xml": FileKind.DOCX}


def check_size(name: str, size: int) -> None:
    """Raises FileRefused when a file of `size` bytes is empty or too large to take."""
    if size == 0:
        raise FileRefused(f"“{name}”是空文件，重新选择。")
    if size > MAX_BYTES:
        raise FileRefused(
            f"“{name}”有 {size / 1024 / 1024:.1f} MB，超过 {MAX_BYTES // 1024 // 1024} MB 的上限，"
            "压缩或拆开后再传。"
        )


def file_kind(name: str, content: bytes, allowed: Collection[FileKind]) -> FileKind:
    """The kind of the file, if it is one of `allowed`. Raises FileRefused otherwise."""
    check_size(name, len(content))
    kind = sniff(content)
    if kind in allowed:
        _check_unpacked(name, content, kind)
        return kind
    wanted = "、".join(KIND_WORDS[k] for k in FileKind if k in allowed)
    found = spaced("实际上是", KIND_WORDS[kind]) if kind else _stranger(content)
    raise FileRefused(f"“{name}”{found}，{spaced('这里只收', wanted)}。另存为其中一种再传。")


def _stranger(content: bytes) -> str:
    """What is known of a file that is none of our kinds."""
    return "是一个程序" if content.startswith(PROGRAMS) else "内容认不出是什么文件"


def spaced(chinese: str, word: str) -> str:
    """With a space between Chinese and Latin letters."""
    return f"{chinese} {word}" if word[:1].isascii() else f"{chinese}{word}"


def sniff(content: bytes) -> FileKind | None:
    """The kind that the bytes themselves show, or None."""
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content.startswith(ZIP_SIGNATURE):
        return _zip_kind(content)
    return FileKind.TEXT if decode_text(content) is not None else None


def decode_text(content: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16 or GB18030; None when it is not text."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        guessed = encoding in UNMARKED_UTF16
        return None if _is_binary(text) or (guessed and not _is_common(text)) else text
    return None


def _encodings(content: bytes) -> tuple[str, ...]:
    """Which to try. Every other byte of a line's end in UTF-16 is zero, and in no other text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if b"\0" not in content or len(content) % 2:
        return TEXT_ENCODINGS
    at_even = content[::2].count(0)
    return UNMARKED_UTF16[:1] if at_even * 2 > content.count(0) else UNMARKED_UTF16[1:]


def _is_common(text: str) -> bool:
    """Whether nearly all of it is Latin or Chinese: any two bytes are some character of UTF-16."""
    usual = sum(c < "\u0250" or "\u3000" <= c <= "\u9fff" or c > "\uf000" for c in text)
    return usual >= len(text) * 0.9


def _is_binary(text: str) -> bool:
    return any(ord(c) < 32 and c not in "\t\n\r\f\v\x1a" for c in text)


def _zip_kind(content: bytes) -> FileKind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError):
        return None
    names = {entry.filename for entry in entries}
    return next((kind for part, kind in ZIP_PARTS.items() if part in names), None)


def _check_unpacked(name: str, content: bytes, kind: FileKind) -> None:
    """Raises FileRefused for an archive that unpacks to more than a document ever does."""
    if kind not in ZIP_PARTS.values():
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        left = MAX_UNPACKED_BYTES
        for entry in archive.infolist():
            left -= _unpacked_size(archive, entry, left)
            if left < 0:
                raise FileRefused(
                    f"“{name}”解开以后超过 {MAX_UNPACKED_BYTES // 1024 // 1024} MB，放不下。"
                    "删掉多余的内容和图片，另存一份再传。"
                )


def _unpacked_size(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> int:
    """Counted by unpacking, since what an archive says about itself need not be true; no further
    than past `limit`. That an entry is damaged is for its reader to say."""
    size = 0
    entry.file_size = limit + 1  # otherwise the reading stops where the archive says
    try:
        with archive.open(entry) as part:
            while size <= limit and (chunk := part.read(CHUNK)):
                size += len(chunk)
    except DAMAGES:
        pass
    return size


def old_office_extension(content: bytes) -> str | None:
    """ "doc", "ppt" or "xls" for what a file of kind XLS holds; None when it is none of them: the
    same container is used for installers and mails too."""
    streams = OLD_OFFICE_STREAMS.items()
    return next((end for stream, end in streams if stream.encode("utf-16-le") in content), None)
