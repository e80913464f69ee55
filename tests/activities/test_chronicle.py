"""大事记: out of the records, nothing else, with what was left out left out. 简报: always one page."""

import subprocess
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import docx
import pdfplumber
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from activities import actions
from activities.choices import ChangeKind
from activities.exporters.briefs import MOST_LETTERS, brief_docx, brief_of, brief_pdf, cut
from activities.exporters.chronicle import chronicle_document
from activities.models import Activity, Photo, Plan, PlanChange, Study
from activities.queries.chronicle import events_of
from tests.factories.activities import make_activity, make_item, make_plan
from tests.factories.honours import make_honour
from tests.factories.members import make_member, make_user
from unionoffice.documents.outline import text_of
from unionoffice.models import Office
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
YEAR = Period.year(2026)
TODAY = date(2026, 12, 25)
PAGE = reverse("activities:chronicle")


@pytest.fixture
def chair():
    return make_user(Role.CHAIR)


@pytest.fixture
def year(chair):
    make_activity(
        "2026-03-06", "三八联欢", by=chair, highlight="插花进了办公室。", is_highlight=True
    )
    make_activity("2026-05-09", "登山", by=chair, headcount=40, place="南山")
    make_activity("2025-05-09", "去年的", by=chair, highlight="去年。", is_highlight=True)
    gone = make_activity("2026-06-01", "记错的", by=chair, highlight="错。", is_highlight=True)
    actions.void_activity(activity=gone, reason="记错了", by=chair)
    make_honour(make_member("王芳"), title="师德标兵", by=chair)
    make_honour(make_member("李静"), title="师德标兵", by=chair)
    make_honour(holder="union", level="nation", title="模范职工之家", day="2026-05-01", by=chair)
    return chair


def told(user, period=YEAR, *, everything=False) -> list[str]:
    return [f"{e.when} {e.text}" for e in events_of(user, period, everything=everything)]


def test_it_tells_what_was_marked_and_what_was_won(year):
    assert told(year) == [
        "3月6日 插花进了办公室。",
        "5月1日 校工会获国家级“模范职工之家”（示例市教育工会）。",
        "9月10日 王芳、李静获市级“师德标兵”（示例市教育工会）。",
    ]


def test_all_activities_are_told_when_asked_for_and_only_what_is_known(year):
    assert "5月9日 在南山办了“登山”，40人参加。" in told(year, everything=True)
    make_activity("2026-07-01", "没记什么的", precision="month", by=year)
    assert "本月 办了“没记什么的”。" in told(year, everything=True)


def test_changes_of_a_plan_are_told_to_those_who_may_see_the_plan(chair):
    plan = make_plan()
    PlanChange.objects.create(
        plan=plan,
        item=make_item(plan, "2026-06"),
        item_text="开放日",
        kind=ChangeKind.CANCELLED,
        reason="撞上中考",
        made_by=chair,
    )
    period = Period.year(plan.changes.get().made_at.year)
    Plan.objects.update(
        start=period.start, end=period.end, state="draft", passed_on=None, published_at=None
    )
    assert any("“开放日”取消：撞上中考。" in line for line in told(chair, period))
    assert told(make_user(Role.MEMBER), period) == []


def test_what_is_left_out_stands_apart_and_not_in_the_paper(year, log_in):
    client = log_in(user=year)
    key = events_of(year, YEAR, everything=False)[1].key
    page = client.get(PAGE, {"period": "2026", "without": key})
    assert [event.key for event in page.context["left_out"]] == [key]
    assert page.context["count"] == 2
    address = reverse("activities:chronicle_export")
    content = client.get(address, {"period": "2026", "without": key}).getvalue()
    text = "\n".join(p.text for p in docx.Document(BytesIO(content)).paragraphs)
    assert "师德标兵" in text
    assert "模范职工之家" not in text


def test_only_who_prints_it_is_offered_to_leave_something_out(year, log_in):
    assert 'name="without"' in log_in(user=year).get(PAGE, {"period": "2026"}).text
    assert 'name="without"' not in log_in(Role.MEMBER).get(PAGE, {"period": "2026"}).text


@pytest.mark.parametrize("without", ["'", "zzz", "a" * 300, "h999"])
def test_nonsense_among_what_is_left_out_is_no_matter(without, year, log_in):
    page = log_in(user=year).get(PAGE, {"period": "2026", "without": without})
    assert (page.status_code, page.context["count"]) == (200, 3)


@pytest.mark.parametrize("query", ["period=abc", "show=zzz"])
def test_nonsense_in_the_address_is_said(query, log_in):
    page = log_in(Role.CHAIR).get(f"{PAGE}?{query}")
    assert page.status_code == 422
    assert "看不懂这个筛选" in page.content.decode()


def test_the_paper_goes_month_by_month(year):
    events = events_of(year, YEAR, everything=False)
    document = chronicle_document(events, YEAR, office=Office.objects.get(), today=TODAY)
    said = [getattr(b, "text", "") or text_of(b.spans) for b in document.blocks]
    assert said[:2] == ["2026年3月", "3月6日，插花进了办公室。"]


def test_an_empty_chronicle_says_what_is_missing():
    document = chronicle_document([], YEAR, office=Office.objects.get(), today=TODAY)
    assert text_of(document.blocks[0].spans) == "【待补：大事记】"


@pytest.mark.parametrize("rows", [1, 4])
def test_the_chronicle_costs_the_same_for_one_and_many(rows, log_in, django_assert_num_queries):
    for number in range(rows):
        make_activity(highlight="好。", is_highlight=True)
        make_honour(title=f"荣誉{number}")
    client = log_in(Role.CHAIR)
    with django_assert_num_queries(10):
        client.get(PAGE, {"period": "2026"})


# ------------------------------------------------------------------ 简报
def picture(size=(1600, 1200), kind="JPEG") -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


def add_photo(activity: Activity, size=(1600, 1200), kind: str = "jpg") -> Photo:
    content = picture(size, "WEBP" if kind == "webp" else "JPEG")
    photo = Photo(
        activity=activity,
        kind=kind,
        width=size[0],
        height=size[1],
        size=len(content),
        sha256="0" * 64,
        added_by=activity.recorded_by,
        caption="决赛" * 30,
        is_cover=True,
    )
    photo.image.save("a", ContentFile(content), save=False)
    photo.small.save("a", ContentFile(content), save=False)
    photo.save()
    return photo


def brief(activity: Activity):
    return brief_of(activity, office=Office.objects.get(), today=TODAY)


def test_three_sentences_come_from_the_fields(chair):
    activity = make_activity(
        "2026-03-06",
        "三八联欢",
        by=chair,
        place="报告厅",
        headcount=86,
        audience="女教职工",
        co_organisers="党支部",
        outcome="评出最佳作品 5 件。",
    )
    assert brief(activity).sentences == (
        "2026年3月6日，示例市第三中学工会委员会在报告厅举办“三八联欢”。",
        "女教职工86人参加，党支部协办。",
        "评出最佳作品 5 件。",
    )


def test_what_nobody_wrote_is_missing(chair):
    made = brief(make_activity("2026-03-06", "三八联欢", by=chair))
    assert "【待补：地点】" in made.sentences[0]
    assert made.sentences[1:] == ("【待补：参加人数】参加。", "【待补：结果】")
    assert made.figures == (("参加人数", "【待补：参加人数】"),)
    assert "【待补：照片】" in "".join(
        p.text for p in docx.Document(BytesIO(brief_docx(made))).paragraphs
    )


def test_a_long_text_is_cut_at_a_sentence():
    assert cut("一二三。四五六。七八九。", 10) == "一二三。四五六。…"
    assert cut("一二三四五六七八九十一二", 6) == "一二三四五…"
    assert cut("一二三。", 4) == "一二三。"


def pages(content: bytes) -> int:
    with pdfplumber.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def longest(chair, **values) -> Activity:
    """As much in every field as it can hold."""
    activity = make_activity(
        "2026-03-06",
        "题" * 120,
        by=chair,
        place="地" * 60,
        organiser="办" * 60,
        co_organisers="协" * 120,
        audience="对" * 60,
        headcount=99999,
        kind="study",
        outcome="结果很长的一句话。" * 400,
        **values,
    )
    Study.objects.create(activity=activity, form="lecture", hours=Decimal("999.5"))
    for number in range(3):
        activity.prizes.create(award=f"{number}等奖", people=13)
    return activity


@pytest.mark.parametrize("size", [(1600, 1200), (1200, 1600), (1600, 200), (300, 1600)])
def test_it_is_one_page_however_much_was_written(size, chair):
    activity = longest(chair)
    add_photo(activity, size)
    made = brief(activity)
    assert [len(s) <= most for s, most in zip(made.sentences, MOST_LETTERS, strict=True)] == [
        True
    ] * 3
    assert made.sentences[2].endswith("。…")
    assert pages(brief_pdf(made)) == 1


def test_the_word_file_is_one_page_too(chair, tmp_path):
    activity = longest(chair)
    add_photo(activity)
    (tmp_path / "a.docx").write_bytes(brief_docx(brief(activity)))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run([*command, tmp_path / "a.docx"], check=True, capture_output=True, timeout=120)
    assert pages((tmp_path / "a.pdf").read_bytes()) == 1


def test_a_webp_photo_stands_in_the_word_file(chair):
    activity = make_activity(by=chair)
    add_photo(activity, kind="webp")
    assert len(docx.Document(BytesIO(brief_docx(brief(activity)))).inline_shapes) == 1


@pytest.mark.parametrize(("kind", "start"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_a_leader_takes_the_brief_away(kind, start, chair, log_in):
    activity = make_activity(by=chair)
    address = reverse("activities:activity_brief", args=[activity.pk])
    client = log_in(Role.GROUP_LEADER)
    assert client.get(address, {"format": kind}).getvalue().startswith(start)
    assert address in client.get(activity.get_absolute_url()).content.decode()


def test_there_is_no_brief_of_what_does_not_stand(chair, log_in):
    activity = make_activity(by=chair)
    actions.void_activity(activity=activity, reason="记错了", by=chair)
    address = reverse("activities:activity_brief", args=[activity.pk])
    assert log_in(user=chair).get(address).status_code == 404


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 2, 28, 15, 59, tzinfo=UTC), "2月28日"),
        (datetime(2026, 2, 28, 16, 0, tzinfo=UTC), "3月1日"),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), "1月1日"),
        (datetime(2025, 12, 31, 15, 59, tzinfo=UTC), ""),
    ],
)
def test_what_was_changed_late_in_the_evening_is_told_of_the_day_in_beijing(chair, at, day):
    kind = ChangeKind.CANCELLED
    change = PlanChange.objects.create(
        plan=make_plan(), kind=kind, item_text="春游", reason="下雨", made_by=chair
    )
    PlanChange.objects.filter(pk=change.pk).update(made_at=at)
    said = f"{day} 计划事项“春游”{kind.label}：下雨。"
    assert [line for line in told(chair) if "春游" in line] == ([said] if day else [])
