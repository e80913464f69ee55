"""The text of an uploaded plan."""

import io
import zipfile
import zlib
from itertools import islice

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from activities.plan_reader.word import document_lines
from unionoffice.errors import FileRefused
from unionoffice.uploads import FileKind, decode_text, file_kind, sniff

MARKED_UP = (b"{\\rtf", b"<html", b"<!doctype html", b"<?xml")
MOST_TAGS = 400_000  # in all parts of a .docx
MOST_PARTS = 20_000  # paragraphs and cells: several hundred pages
DAMAGED = (
    OpcError, LxmlError, zipfile.BadZipFile, zlib.error,
    KeyError, ValueError, AttributeError, OSError, EOFError, NotImplementedError, RecursionError,
)  # fmt: skip


def plan_text(name: str, content: bytes) -> str:
    """The text of a .txt, .md or .docx file. Raises FileRefused with the reason."""
    if sniff(content) is FileKind.XLS:
        raise FileRefused(
            f"“{name}”是旧版 Office 文件（.doc、.xls）或加了密码，读不了里面的文字。"
            "用 Word 打开，另存为不加密码的 .docx 再传。"
        )
    if sniff(content) is FileKind.PDF:
        raise FileRefused(
            f"“{name}”是 PDF，读不准里面的行。用 Word 打开它，另存为 .docx 再传；"
            "或者选中文字，复制后粘贴进来。"
        )
    if content[:64].lstrip().lower().startswith(MARKED_UP):
        raise FileRefused(
            f"“{name}”其实是 RTF 或网页，不是 Word 文档，名字改成 .docx 也一样。"
            "用 Word 打开，另存为 .docx 再传；或者选中文字，复制后粘贴进来。"
        )
    kind = file_kind(name, content, {FileKind.TEXT, FileKind.DOCX})
    text = decode_text(content) if kind is FileKind.TEXT else _docx_text(name, content)
    if not text or not text.strip():
        raise FileRefused(
            f"“{name}”里没有文字，可能是空白文件，也可能是扫描的图片。换成能选中文字的文件再传。"
        )
    return text


def _docx_text(name: str, content: bytes) -> str:
    try:
        lines = document_lines(_opened(name, content))
    except DAMAGED as error:
        raise FileRefused(
            f"“{name}”打不开，文件可能已经损坏。用 Word 打开它，另存一份 .docx 再传。"
        ) from error
    return "\n".join(lines)


def _opened(name: str, content: bytes):
    """The document. Raises FileRefused for one that would take long to go through."""
    if _tags(content) > MOST_TAGS:
        raise _too_long(name)
    document = Document(io.BytesIO(content))
    parts = document.element.iter(qn("w:p"), qn("w:tc"))
    if sum(1 for _ in islice(parts, MOST_PARTS + 1)) > MOST_PARTS:
        raise _too_long(name)
    return document


def _tags(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(archive.read(part).count(b"<") for part in archive.namelist())


def _too_long(name: str) -> FileRefused:
    return FileRefused(f"“{name}”太长了，像整本资料。只留年度计划的部分，另存一份再传。")
