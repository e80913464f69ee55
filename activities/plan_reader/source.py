"""The text of an uploaded plan."""

import io
import zipfile
import zlib

from docx import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from lxml.etree import LxmlError

from activities.plan_reader.tables import cell_lines, is_header
from unionoffice.errors import FileRefused
from unionoffice.uploads import FileKind, decode_text, file_kind, sniff

DAMAGED = (
    OpcError, LxmlError, zipfile.BadZipFile, zlib.error,
    KeyError, ValueError, AttributeError, OSError, EOFError, NotImplementedError,
)  # fmt: skip


def plan_text(name: str, content: bytes) -> str:
    """The text of a .txt, .md or .docx file. Raises FileRefused with the reason."""
    if sniff(content) is FileKind.XLS:
        raise FileRefused(
            f"“{name}”是旧版 Office 文件（.doc、.xls）或加了密码，读不了里面的文字。"
            "请用 Word 打开，另存为不加密码的 .docx 再传。"
        )
    kind = file_kind(name, content, {FileKind.TEXT, FileKind.DOCX})
    text = decode_text(content) if kind is FileKind.TEXT else _docx_text(name, content)
    if not text or not text.strip():
        raise FileRefused(
            f"“{name}”里没有文字，可能是空白文件，也可能是扫描的图片。请换成能选中文字的文件再传。"
        )
    return text


def _docx_text(name: str, content: bytes) -> str:
    try:
        blocks = Document(io.BytesIO(content)).iter_inner_content()
        lines = [line for block in blocks for line in _block_lines(block)]
    except DAMAGED as error:
        raise FileRefused(
            f"“{name}”打不开，文件可能已经损坏。请用 Word 打开它，另存一份 .docx 再传。"
        ) from error
    return "\n".join(lines)


def _block_lines(block) -> list[str]:
    return _table_lines(block) if isinstance(block, Table) else [block.text]


def _table_lines(table: Table) -> list[str]:
    """Row after row; a merged cell speaks once, where it begins."""
    lines, header, seen = [], [], set()
    for row in table.rows:
        cells = [_cell_text(cell, seen) for cell in row.cells]
        if is_header(cells):
            header = cells
            lines.append("\t".join(cells))
        else:
            lines += cell_lines(cells, header)
    return lines


def _cell_text(cell, seen: set) -> str:
    if cell._tc in seen:
        return ""
    seen.add(cell._tc)
    return "\n".join(line for block in cell.iter_inner_content() for line in _block_lines(block))
