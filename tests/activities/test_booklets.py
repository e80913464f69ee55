"""资料册: a cover, what happened, the photos with their captions, the list of the documents."""

from datetime import date
from io import BytesIO

import docx
import pdfplumber
import pytest
from django.urls import reverse
from PIL import Image

from activities import actions
from activities.exporters.booklet_files import booklet_docx, booklet_pdf
from activities.exporters.booklets import booklet_of, booklet_of_period
from activities.exporters.pictured import photo_bytes
from activities.models import Photo
from activities.queries.booklets import photos_by_activity
from activities.queries.chronicle import events_of
from tests.factories.activities import make_activity, make_prize
from tests.factories.members import make_user
from tests.factories.photos import make_photo
from unionoffice.actions import attach_files
from unionoffice.models import AuditEntry, Office
from unionoffice.periods import Period
from unionoffice.ready_files import ready_files
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
YEAR, TODAY = Period.year(2026), date(2026, 12, 25)


@pytest.fixture
def chair():
    return make_user(Role.CHAIR)


@pytest.fixture
def outing(chair):
    activity = make_activity(
        "2026-05-09", "登山", by=chair, headcount=40, place="南山", outcome="都到了山顶。"
    )
    for caption in ("出发", "山顶", "合影"):
        make_photo(activity, by=chair, caption=caption)
    make_prize("一等奖", activity=activity, by=chair)
    files = ready_files([("活动方案.pdf", b"%PDF-1.7")])
    attach_files(owner=activity, files=files, by=chair)
    return activity


def told(booklet) -> list[tuple]:
    return [(one.title, [entry.text for entry in one.entries]) for one in booklet.chapters]


def test_one_activity_is_bound_with_its_photos_and_documents(outing):
    booklet = booklet_of(outing, office=Office.objects.get(), today=TODAY)
    titles = [title for title, _ in told(booklet)]
    assert titles == ["活动经过", "获奖", "照片"]
    assert told(booklet)[0][1][2] == "都到了山顶。"
    captions = [one.caption for one in booklet.chapters[2].entries[0].pictures]
    assert captions == ["出发", "山顶", "合影"]
    assert booklet.papers == (("登山", "活动方案.pdf", ""),)
    assert (booklet.title, booklet.note) == ("登山", "")


def test_a_period_has_its_chronicle_with_the_photos_where_they_belong(chair, outing):
    make_activity("2026-06-01", "没有照片的", by=chair)
    events = events_of(chair, YEAR, everything=True)
    booklet = booklet_of_period(events, YEAR, office=Office.objects.get(), today=TODAY)
    assert told(booklet) == [
        ("2026年5月", ["5月9日，在南山办了“登山”，40人参加。"]),
        ("2026年6月", ["6月1日，办了“没有照片的”。"]),
    ]
    assert [len(one.entries[0].pictures) for one in booklet.chapters] == [3, 0]
    assert booklet.papers == (("登山", "活动方案.pdf", ""),)


def test_what_does_not_fit_is_counted_and_the_cover_stays(chair, outing):
    last = Photo.objects.get(caption="合影")
    actions.choose_cover(photo=last, by=chair)
    other = make_activity("2026-06-01", "另一场", by=chair)
    make_photo(other, by=chair)
    found, left = photos_by_activity([outing.pk, other.pk], each=1, most=9)
    assert ([photo.pk for photo in found[outing.pk]], left) == ([last.pk], 2)
    found, left = photos_by_activity([outing.pk, other.pk], each=4, most=2)
    assert (len(found[outing.pk]), len(found.get(other.pk, [])), left) == (2, 0, 2)


def test_a_photo_is_made_small_enough_to_print(outing):
    photo = Photo.objects.first()
    size = Image.open(BytesIO(photo_bytes(photo, 40))).size
    assert max(size) <= 40


def test_the_files_hold_what_the_booklet_says(outing):
    booklet = booklet_of(outing, office=Office.objects.get(), today=TODAY)
    with pdfplumber.open(BytesIO(booklet_pdf(booklet))) as paper:
        text = "".join(page.extract_text() for page in paper.pages)
        images = [image for page in paper.pages for image in page.images]
    assert len(images) == 3
    paper = docx.Document(BytesIO(booklet_docx(booklet)))
    assert len(paper.inline_shapes) == 3
    rows = [[cell.text for cell in row.cells] for row in paper.tables[-1].rows]
    assert rows == [["序号", "哪次活动", "材料", "是什么"], ["1", "登山", "活动方案.pdf", ""]]
    for word in ("登山", "活动资料册", "都到了山顶。", "山顶", "材料目录", "活动方案.pdf"):
        assert word in text.replace("\n", "")


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_taking_one_away_leaves_a_trace(kind, log_in, outing):
    client = log_in(Role.CHAIR)
    own = reverse("activities:activity_booklet_export", args=[outing.pk])
    assert len(client.get(f"{own}?format={kind}").getvalue()) > 1000
    year = reverse("activities:chronicle_booklet_export") + "?period=2026&show=all"
    assert len(client.get(f"{year}&format={kind}").getvalue()) > 1000
    traces = AuditEntry.objects.filter(act="activities.export_booklet").order_by("number")
    assert [(one.target_type, one.changes["told"]) for one in traces] == [
        ("activities.activity", "3 张照片"),
        ("unionoffice.office", "3 张照片"),
    ]


def test_a_leader_takes_an_activitys_one_and_not_the_years(log_in, outing):
    client = log_in(Role.GROUP_LEADER)
    own = reverse("activities:activity_booklet_export", args=[outing.pk])
    assert client.get(own).status_code == 200
    assert client.get(reverse("activities:chronicle_booklet_export")).status_code == 403


def test_a_form_of_file_that_there_is_not_leaves_none(log_in, outing):
    own = reverse("activities:activity_booklet_export", args=[outing.pk])
    page = log_in(Role.CHAIR).get(f"{own}?format=exe")
    assert "只能导出 Word 或者 PDF，重新选一下。" in page.content.decode()
    assert not AuditEntry.objects.filter(act="activities.export_booklet").exists()
