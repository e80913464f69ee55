"""Files on their way to a record: what they are called, how many, and that nobody waits for them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.forms import ValidationError
from PIL import Image

from tests.factories.activities import make_activity
from tests.factories.honours import make_honour
from tests.factories.members import make_user
from tests.factories.welfare import make_visit
from unionoffice import actions, ready_files, ready_photos
from unionoffice.errors import FileRefused
from unionoffice.exports import CONTENT_TYPES
from unionoffice.fields import FilesField
from unionoffice.models import Attachment, AuditEntry
from unionoffice.ready_files import check_sizes
from unionoffice.roles import Role
from unionoffice.uploads import MAX_BYTES, OLD_OFFICE_STREAMS

PDF = b"%PDF-1.7"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    return out.getvalue()


def old_office(stream: str) -> bytes:
    return OLD + stream.encode("utf-16-le") + bytes(64)


def ready(name: str, content: bytes) -> ready_files.ReadyFile:
    return ready_files.ready_files([(name, content)])[0]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("通知.pdf", "通知.pdf"),
        ("通知.PDF", "通知.pdf"),
        ("通知.exe", "通知.pdf"),
        ("通知.html", "通知.pdf"),
        ("通知", "通知.pdf"),
        ("2026.3.8慰问", "2026.3.8慰问.pdf"),
        (".pdf", "附件.pdf"),
        ("通知\u202efdp.exe", "通知fdp.pdf"),
        ("长" * 300 + ".pdf", "长" * 110 + ".pdf"),
    ],
)
def test_a_file_is_called_what_it_is(given, kept):
    assert ready(given, PDF).name == kept


@pytest.mark.parametrize("stream", OLD_OFFICE_STREAMS)
def test_an_old_office_file_is_known_by_its_directory(stream):
    extension = OLD_OFFICE_STREAMS[stream]
    assert ready("文件.bin", old_office(stream)).name == f"文件.{extension}"


@pytest.mark.parametrize(
    "content", [OLD, old_office("__properties_version1.0"), old_office("!Binary")]
)
def test_an_installer_in_the_old_container_is_refused(content):
    with pytest.raises(FileRefused) as refused:
        ready("表.xls", content)
    assert str(refused.value) == "“表.xls”不是旧版的 Word、Excel 或 PPT 文件，另存为 PDF 再传。"


def test_every_refused_file_is_named():
    with pytest.raises(FileRefused) as refused:
        ready_files.ready_files([("甲.exe", b"MZ"), ("乙.pdf", PDF), ("丙.xls", OLD)])
    assert [sentence.split("”")[0] for sentence in refused.value.args] == ["“甲.exe", "“丙.xls"]


# ------------------------------------------------------------------ how many, how large


def test_the_largest_total_is_taken_and_one_byte_more_is_not():
    whole = [("a.pdf", MAX_BYTES)] * (ready_files.MOST_BYTES // MAX_BYTES)
    more = [*whole, ("b.pdf", 1)]
    assert sum(size for _, size in whole) == ready_files.MOST_BYTES
    assert [_are_taken(files) for files in (whole, more)] == [True, False]


def test_the_most_files_are_taken_and_one_more_is_not():
    most = [("a.pdf", 1)] * ready_files.MOST_FILES
    assert [_are_taken(files) for files in (most, [*most, ("b.pdf", 1)])] == [True, False]


def _are_taken(files) -> bool:
    try:
        check_sizes(files)
    except FileRefused:
        return False
    return True


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("a.pdf", 9)] * 31, "一次选了 31 个文件，最多 30 个，分几次传。"),
        ([("a.pdf", 9 * 2**20)] * 6, "这些文件一共 54.0 MB，一次最多 50 MB，分几次传。"),
        ([("a.pdf", 0)], "“a.pdf”是空文件，重新选择。"),
    ],
)
def test_too_much_at_a_time_is_refused(files, sentence):
    with pytest.raises(FileRefused) as refused:
        check_sizes(files)
    assert str(refused.value) == sentence


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    large = SimpleUploadedFile("a.pdf", PDF)
    large.size = 11 * 2**20
    large.file = None  # nothing to read
    with pytest.raises(ValidationError) as refused:
        FilesField().clean([large])
    assert refused.value.messages == ["“a.pdf”有 11.0 MB，超过 10 MB 的上限，压缩或拆开后再传。"]


# ------------------------------------------------------------------ keeping them


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_photo_is_decoded(monkeypatch, log_in):
    decode, seen = ready_photos.shrunk_photo, []

    def watched(*args):
        seen.append(connection.in_atomic_block)
        return decode(*args)

    monkeypatch.setattr(ready_photos, "shrunk_photo", watched)
    client = log_in(Role.CHAIR)
    photo = SimpleUploadedFile("合影.png", png(), "image/png")
    client.post("/activities/new/", {"title": "拔河", "when": "today", "files": photo})
    assert seen == [False]


@pytest.mark.django_db
def test_files_are_taken_off_the_disk_again_when_one_can_not_be_kept(tmp_path, monkeypatch):
    activity, user = make_activity(), make_user(Role.CHAIR)
    record, calls = actions.record, []

    def full_at_the_second(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise OSError("disk full")
        return record(*args, **kwargs)

    monkeypatch.setattr(actions, "record", full_at_the_second)
    two = ready_files.ready_files([("一.pdf", PDF), ("二.pdf", PDF)])
    with pytest.raises(OSError, match="disk full"):
        actions.attach_files(owner=activity, files=two, by=user)
    assert Attachment.objects.count() == 0
    assert [p for p in (tmp_path / "files").rglob("*") if p.is_file()] == []


def kept(owner, by, name: str = "通知.html", content: bytes = PDF) -> str:
    (attachment,) = actions.attach_files(owner=owner, files=[ready(name, content)], by=by)
    return f"/files/{attachment.pk}/"


def test_a_file_is_handed_out_as_a_download_of_its_own_kind(log_in):
    client = log_in(Role.CHAIR)
    response = client.get(kept(make_activity(), client.user))
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["Content-Disposition"].endswith(".pdf")
    response.getvalue()


def test_every_kind_that_is_kept_has_a_content_type():
    assert {*map(str, ready_files.KINDS), *OLD_OFFICE_STREAMS.values()} <= CONTENT_TYPES.keys()


def test_opening_a_file_of_a_visit_leaves_a_trace(log_in):
    client = log_in(Role.CHAIR)
    visit = make_visit(by=client.user)
    address = kept(visit, client.user)
    response = client.get(address)
    entry = AuditEntry.objects.first()
    response.getvalue()
    assert (entry.act, entry.target_id, entry.actor) == (
        "welfare.view_visit",
        str(visit.pk),
        client.user,
    )


def test_a_file_of_a_visit_that_one_may_not_see_is_neither_opened_nor_noted(log_in):
    address = kept(make_visit(), make_user(Role.CHAIR))
    before = AuditEntry.objects.count()
    assert log_in(Role.MEMBER).get(address).status_code == 404
    assert AuditEntry.objects.count() == before


def test_a_photo_shows_on_the_page_of_its_record(log_in):
    chair = log_in(Role.CHAIR)
    honour = make_honour(by=chair.user)
    address = kept(honour, chair.user, "奖状.png", png())
    page = chair.get(honour.get_absolute_url()).text
    assert f'<img src="{address}" alt="奖状.png" loading="lazy">' in page
    response = chair.get(address)
    assert response.headers["Content-Disposition"].startswith("inline; ")
    response.getvalue()


def test_an_address_that_only_a_button_may_use_says_so(log_in):
    response = log_in(Role.CHAIR).get("/logout/")
    assert response.status_code == 405
    assert "这一步要在记录的页面上点按钮来办" in response.text
