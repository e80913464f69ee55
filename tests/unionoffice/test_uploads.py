"""A file is what its bytes are, whatever its name says."""

import io
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image

from unionoffice import uploads
from unionoffice.errors import FileRefused
from unionoffice.uploads import FileKind, decode_text, file_kind, sniff


def saved(thing, *args) -> bytes:
    out = io.BytesIO()
    thing.save(out, *args)
    return out.getvalue()


def zipped(**entries) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


PICTURE = Image.new("RGB", (8, 8))
CONTENTS = {
    FileKind.XLSX: saved(Workbook()),
    FileKind.XLS: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64),
    FileKind.DOCX: saved(Document()),
    FileKind.PDF: b"%PDF-1.7\n",
    FileKind.JPEG: saved(PICTURE, "JPEG"),
    FileKind.PNG: saved(PICTURE, "PNG"),
    FileKind.WEBP: saved(PICTURE, "WEBP"),
    FileKind.TEXT: "三月份：庆三八".encode(),
}


@pytest.mark.parametrize("kind", FileKind)
def test_every_kind_is_known_by_its_content(kind):
    assert sniff(CONTENTS[kind]) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03",
        b"PK\x03\x04 broken",
        zipped(**{"a.txt": "a"}),
        b"RIFF\0\0\0\0AVI ",
        bytes(9),
    ],
)
def test_what_is_none_of_the_kinds_is_unknown(content):
    assert sniff(content) is None


@pytest.mark.parametrize("kind", FileKind)
def test_a_kind_that_is_not_taken_here_is_refused_by_name(kind):
    others = set(FileKind) - {kind}
    wanted = "、".join(uploads.KIND_WORDS[k] for k in FileKind if k in others)
    with pytest.raises(FileRefused) as refused:
        file_kind("计划.doc", CONTENTS[kind], others)
    assert str(refused.value) == (
        f"“计划.doc”{uploads.spaced('实际上是', uploads.KIND_WORDS[kind])}，{uploads.spaced('这里只收', wanted)}。另存为其中一种再传。"
    )


def test_a_program_with_the_name_of_a_photo_is_refused():
    with pytest.raises(FileRefused) as refused:
        file_kind("a.jpg", b"MZ\x90\x00\x03", {FileKind.JPEG})
    assert str(refused.value) == ("“a.jpg”是一个程序，这里只收 JPEG 照片。另存为其中一种再传。")


def test_an_allowed_kind_is_given_back():
    assert file_kind("名册.csv", CONTENTS[FileKind.XLSX], {FileKind.XLSX}) == FileKind.XLSX


def test_an_empty_file_is_refused():
    with pytest.raises(FileRefused) as refused:
        file_kind("a.txt", b"", {FileKind.TEXT})
    assert str(refused.value) == "“a.txt”是空文件，重新选择。"


def test_the_largest_file_is_taken_and_one_byte_more_is_not():
    uploads.check_size("a.pdf", uploads.MAX_BYTES)
    with pytest.raises(FileRefused) as refused:
        uploads.check_size("a.pdf", uploads.MAX_BYTES + 1)
    assert str(refused.value) == "“a.pdf”有 10.0 MB，超过 10 MB 的上限，压缩或拆开后再传。"


def understated(archive: bytes, told: int) -> bytes:
    """The archive with another unpacked size for its only entry, in both of its records."""
    changed = bytearray(archive)
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = changed.index(signature) + place
        changed[start : start + 4] = told.to_bytes(4, "little")
    return bytes(changed)


def test_an_archive_that_unpacks_to_too_much_is_refused():
    limit = uploads.MAX_UNPACKED_BYTES
    assert file_kind("a", zipped(**{"xl/workbook.xml": bytes(limit)}), {FileKind.XLSX}) == "xlsx"
    bomb = zipped(**{"xl/workbook.xml": bytes(limit + 1)})
    for content in (bomb, understated(bomb, 100)):
        with pytest.raises(FileRefused) as refused:
            file_kind("名册.xlsx", content, {FileKind.XLSX})
        assert str(refused.value) == (
            "“名册.xlsx”解开以后超过 30 MB，放不下。删掉多余的内容和图片，另存一份再传。"
        )


def test_a_damaged_part_hides_nothing_behind_it():
    bomb = zipped(
        **{"word/document.xml": b"<w:p/>" * 50, "x": bytes(uploads.MAX_UNPACKED_BYTES + 1)}
    )
    content = bytearray(bomb)
    content[content.index(b"document.xml") + 14] ^= 0x55
    with pytest.raises(FileRefused, match="解开以后超过 30 MB"):
        file_kind("计划.docx", bytes(content), {FileKind.DOCX})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_that_offices_use(encoding):
    text = "示例市第三中学 工会名册：张丽堃，入会 2020-09"
    assert decode_text(text.encode(encoding)) == text


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"a\x00b", b"\xff\xfe\x00", b"\x81\x20"])
def test_binary_is_not_text(content):
    assert decode_text(content) is None
