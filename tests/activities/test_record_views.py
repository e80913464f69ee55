import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from PIL import Image

from activities import actions
from activities.exporters import ActivityRegister
from activities.models import Activity
from tests.factories.activities import make_activity, make_item, make_plan
from tests.factories.forms import posted_back
from tests.factories.members import make_user
from unionoffice.models import Attachment
from unionoffice.periods import Period
from unionoffice.roles import COMMITTEE, Role

pytestmark = pytest.mark.usefixtures("office")
RECORDERS = COMMITTEE | {Role.GROUP_LEADER}
QUICK = {"title": "教职工拔河赛", "when": "today", "headcount": "86", "field": "culture"}


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def errors(response) -> dict[str, list[str]]:
    return {name: list(group) for name, group in response.context["form"].errors.items()}


def pdf(number: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"材料{number}.pdf", b"%PDF-1.7")


def photo(name="合影.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


@pytest.mark.parametrize("role", Role)
def test_activities_are_open_to_all_and_recording_to_officers(log_in, role):
    activity = make_activity()
    client = log_in(role)
    for address in (url("activity_list"), url("activity_detail", activity.pk)):
        assert client.get(address).status_code == 200
    expected = 200 if role in RECORDERS else 403
    assert client.get(url("activity_create")).status_code == expected


@pytest.mark.parametrize(
    ("role", "status"), [(Role.CHAIR, 200), (Role.WOMEN, 404), (Role.MEMBER, 403)]
)
def test_record_of_someone_else_is_changed_by_those_who_may(log_in, role, status):
    activity = make_activity()
    client = log_in(role)
    assert client.get(url("activity_update", activity.pk)).status_code == status
    expected = 302 if status == 200 else status
    voided = client.post(url("activity_void", activity.pk), {"reason": "记重了"})
    assert voided.status_code == expected


@pytest.mark.parametrize("rows", [1, 3])
def test_activity_list_query_count_is_flat(log_in, rows, django_assert_num_queries):
    client = log_in(Role.CHAIR)
    for _ in range(rows):
        make_activity(plan_item=make_item())
    with django_assert_num_queries(10):
        client.get(url("activity_list") + "?period=2026")


@pytest.mark.parametrize("files", [1, 3])
def test_activity_detail_query_count_is_flat(log_in, files, django_assert_num_queries):
    client = log_in(Role.CHAIR)
    client.post(url("activity_create"), QUICK | {"files": [pdf(n) for n in range(files)]})
    pk = Activity.objects.get().pk
    client.get(url("activity_detail", pk))
    with django_assert_num_queries(14):
        client.get(url("activity_detail", pk))


def test_activity_list_shows_totals_of_what_it_lists(log_in):
    make_activity(title="联欢", headcount=86, spent=Decimal("1200.50"))
    make_activity(title="登山")
    make_activity("2025-12-31", headcount=900)
    page = log_in(Role.MEMBER).get(url("activity_list") + "?period=2026")
    totals = page.context["totals"]
    assert [row.title for row in page.context["rows"]] == ["登山", "联欢"]
    assert (totals.held, totals.attendance, totals.without_headcount) == (2, 86, 1)
    assert "2 场，参加 86 人次，花费 1,200.50 元" in page.content.decode()


def test_activity_list_hides_voided_records(log_in):
    activity = make_activity(title="记重的")
    make_activity(title="联欢")
    actions.void_activity(activity=activity, reason="记重了", by=make_user(Role.CHAIR))
    page = log_in(Role.CHAIR).get(url("activity_list") + "?period=2026")
    assert [row.title for row in page.context["rows"]] == ["联欢"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("period=明年", "看不懂期间“明年”，写成 2026（年度）"),
        ("planned=maybe", "没有“maybe”这个选项，从列表里选一个。"),
        ("field=sport", "没有“sport”这个板块，从列表里选一个。"),
        ("headcount=zzz", "没有“zzz”这个选项，从列表里选一个。"),
        ("group=999", "没有“999”这个小组，从列表里选一个。"),
    ],
)
def test_activity_list_answers_nonsense_in_a_sentence_with_a_way_back(log_in, query, sentence):
    make_activity()
    response = log_in(Role.MEMBER).get(f"{url('activity_list')}?{query}")
    page = response.content.decode()
    assert (response.status_code, response.context["rows"]) == (422, [])
    assert "<h1>活动记录</h1>" in page
    assert sentence in page
    assert "清除筛选</a>" in page
    assert f'href="{url("activity_list")}">看今年的活动</a>' in page


def test_activity_list_takes_a_page_that_is_no_number_for_the_first(log_in):
    make_activity(title="拔河")
    response = log_in(Role.MEMBER).get(f"{url('activity_list')}?period=2026&page=zzz")
    assert (response.status_code, [row.title for row in response.context["rows"]]) == (
        200,
        ["拔河"],
    )


def test_activity_list_pages_after_fifty(log_in):
    for _ in range(51):
        make_activity()
    page = log_in(Role.MEMBER).get(url("activity_list") + "?period=2026&page=2")
    assert (len(page.context["rows"]), page.context["page"].paginator.count) == (1, 51)


def test_activity_export_gives_the_filtered_rows(log_in):
    item = make_item(text="拔河比赛")
    user = make_user(Role.CHAIR)
    make_activity(title="=拔河", plan_item=item, headcount=86, by=user, place="操场")
    make_activity("2026-04-01", title="妇女节", field="women", precision="month", by=user)
    client = log_in(Role.CULTURE)
    query = "?period=2026&field=culture"
    shown = client.get(url("activity_list") + query).context["rows"]
    sheet = load_workbook(
        io.BytesIO(client.get(url("activity_export") + query).content), read_only=True
    ).active
    rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    expected = {
        "日期": "2026-03-06",
        "活动": "'=拔河",
        "板块": "文体",
        "哪一类": "一般活动",
        "地点": "操场",
        "参加人数": 86,
        "计划事项": "拔河比赛",
        "记录人": str(user),
    }
    told = [
        {name: value for name, value in zip(ActivityRegister.columns, row, strict=True) if value}
        for row in rows
    ]
    assert (told, len(shown)) == ([expected], 1)


def test_activity_export_as_csv_reads_in_excel(log_in):
    make_activity("2026-04-01", title="妇女节", field="women", precision="month")
    response = log_in(Role.CULTURE).get(url("activity_export") + "?period=2026&format=csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["日期", "活动", "板块"]
    assert rows[1][:3] == ["2026-04", "妇女节", "女工"]
    assert (
        "%E6%B4%BB%E5%8A%A8%E8%AE%B0%E5%BD%95_2026%E5%B9%B4.csv" in response["Content-Disposition"]
    )


def test_activity_export_of_nonsense_is_refused(log_in):
    response = log_in(Role.CULTURE).get(url("activity_export") + "?period=明年")
    assert response.status_code == 400


def test_activity_create_takes_four_fields(log_in):
    client = log_in(Role.GROUP_LEADER)
    response = client.post(url("activity_create"), QUICK)
    activity = Activity.objects.get()
    assert response.url == url("activity_detail", activity.pk)
    assert (activity.title, activity.headcount, activity.field) == ("教职工拔河赛", 86, "culture")
    assert (activity.day, activity.precision) == (timezone.localdate(), "day")
    assert (activity.recorded_by, activity.plan_item) == (client.user, None)


@pytest.mark.parametrize(
    ("when", "day", "precision"),
    [
        ({"when": "yesterday"}, None, "day"),
        ({"when": "day", "day": "2026-03-08"}, date(2026, 3, 8), "day"),
        ({"when": "day", "day": "2026-03-08", "time": "16:30"}, date(2026, 3, 8), "minute"),
        ({"when": "month", "month": "2026-03"}, date(2026, 3, 1), "month"),
    ],
)
def test_activity_create_keeps_how_exactly_the_day_is_known(log_in, when, day, precision):
    log_in(Role.CHAIR).post(url("activity_create"), QUICK | when)
    activity = Activity.objects.get()
    assert activity.day == (day or timezone.localdate() - timedelta(days=1))
    assert activity.precision == precision


def test_activity_create_for_an_item_is_filled_in(log_in):
    item = make_item(text="三八节联欢", field="women")
    client = log_in(Role.CHAIR)
    form = client.get(f"{url('activity_create')}?item={item.pk}").context["form"]
    assert form.initial == {"plan_item": item, "title": "三八节联欢", "field": "women"}
    data = {"plan_item": item.pk, "title": "", "when": "today", "field": "women"}
    client.post(url("activity_create"), data)
    activity = Activity.objects.get()
    assert (activity.plan_item, activity.title) == (item, "三八节联欢")


@pytest.mark.parametrize("item", ["0", "x", "99999999"])
def test_activity_create_for_an_item_that_is_not_there_is_empty(log_in, item):
    response = log_in(Role.CHAIR).get(f"{url('activity_create')}?item={item}")
    assert (response.status_code, response.context["form"].initial) == (200, {})


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"title": ""}, {"title": ["写上是什么活动，或者选计划里的一项。"]}),
        ({"field": ""}, {"field": ["选一个板块。"]}),
        ({"headcount": "八十"}, {"headcount": ["人数写数字，例如 86。"]}),
        ({"headcount": "0"}, {"__all__": ["参加人数至少是 1；不知道就留空。"]}),
        ({"spent": "一千"}, {"spent": ["花费写数字，例如 1200 或 1200.50。"]}),
        ({"spent": "-1"}, {"__all__": ["花费不能是负数；没花钱写 0，不知道就留空。"]}),
        ({"when": "day"}, {"day": ["写上是哪一天。"]}),
        ({"when": "day", "day": "2026-02-30"}, {"day": ["没有这一天，写成 2026-03-08 这样。"]}),
        ({"when": "month"}, {"month": ["写上是哪个月。"]}),
        ({"when": "month", "month": "三月"}, {"month": ["没有“三月”这个月，写成 2026-03 这样。"]}),
        (
            {"when": "month", "month": "2026-03", "time": "16:30"},
            {"time": ["只知道月份的话，几点开始先空着。"]},
        ),
        (
            {"when": "month", "month": "2026-03", "last_day": "2026-03-09"},
            {"last_day": ["只知道月份的话，最后一天先空着。"]},
        ),
        (
            {"when": "day", "day": "2026-03-08", "last_day": "2026-03-07"},
            {"last_day": ["最后一天早于第一天，对调一下。"]},
        ),
        ({"is_highlight": "on"}, {"highlight": ["要写入总结的话，写上这一句。"]}),
        (
            {"when": "day", "day": "2999-01-01"},
            {"__all__": ["2999年1月1日还没到，等办了再记；要先排上，在年度计划里加一项。"]},
        ),
    ],
)
def test_activity_create_refuses_in_a_sentence(log_in, change, found):
    response = log_in(Role.CHAIR).post(url("activity_create"), QUICK | change)
    assert (response.status_code, errors(response)) == (422, found)
    assert not Activity.objects.exists()


def test_activity_create_names_each_refused_file_and_keeps_what_was_typed(log_in):
    files = [
        photo(),
        SimpleUploadedFile("程序.exe", b"MZ\x00"),
        SimpleUploadedFile("坏.png", b"\x89PNG\r\n\x1a\nxx"),
    ]
    data = QUICK | {"outcome": "一等奖语文组", "files": files}
    response = log_in(Role.CHAIR).post(url("activity_create"), data)
    assert response.status_code == 422
    assert [sentence.split("”")[0] for sentence in errors(response)["files"]] == [
        "“程序.exe",
        "“坏.png",
    ]
    assert 'value="教职工拔河赛"' in response.content.decode()
    assert "一等奖语文组" in response.content.decode()
    assert (Activity.objects.count(), Attachment.objects.count()) == (0, 0)


def test_activity_create_takes_photos_for_the_wall_and_papers_for_the_documents(log_in):
    paper = SimpleUploadedFile("通知.pdf", b"%PDF-1.7")
    log_in(Role.CHAIR).post(url("activity_create"), QUICK | {"files": [photo(), paper]})
    activity = Activity.objects.get()
    page = log_in(Role.MEMBER).get(url("activity_detail", activity.pk))
    assert [a.name for a in page.context["attachments"]] == ["通知.pdf"]
    assert page.context["photos"].count == 1
    address = reverse("unionoffice:attachment_download", args=[page.context["attachments"][0].pk])
    assert address in page.content.decode()
    response = log_in(Role.MEMBER).get(address)
    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_activity_create_goes_on_with_the_next_when_asked(log_in):
    response = log_in(Role.CHAIR).post(url("activity_create"), QUICK | {"again": "1"})
    assert response.url == url("activity_create")


def test_activity_update_starts_from_what_is_stored(log_in):
    activity = make_activity("2026-03-01", precision="month")
    form = log_in(Role.CHAIR).get(url("activity_update", activity.pk)).context["form"]
    assert (form.initial["when"], form.initial["month"]) == ("month", date(2026, 3, 1))


def test_activity_update_of_an_old_item_keeps_it(log_in):
    item = make_item()
    activity = make_activity(plan_item=item)
    data = QUICK | {"plan_item": item.pk, "when": "day", "day": "2026-03-07"}
    log_in(Role.CHAIR).post(url("activity_update", activity.pk), data)
    activity.refresh_from_db()
    assert (activity.plan_item, activity.day, activity.headcount) == (item, date(2026, 3, 7), 86)


def test_activity_update_keeps_what_another_form_changed_meanwhile(log_in):
    activity = make_activity("2026-03-06", title="拔河", outcome="语文组第一")
    client = log_in(Role.CHAIR)
    one = posted_back(client.get(url("activity_update", activity.pk)))
    other = posted_back(client.get(url("activity_update", activity.pk)))
    moved = {"when": "month", "day": "", "month": "2026-04", "place": "操场"}
    client.post(url("activity_update", activity.pk), one | moved)
    client.post(url("activity_update", activity.pk), other | {"headcount": "86", "outcome": ""})
    activity.refresh_from_db()
    assert (activity.day, activity.precision) == (date(2026, 4, 1), "month")
    assert (activity.place, activity.headcount, activity.outcome) == ("操场", 86, "")


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        ({"place": "操场"}, {"place": "礼堂"}, "刚被改成“操场”了，"),
        ({"field": "study"}, {"field": "culture"}, "刚被改成“学习师德”了，"),
        ({"day": "2026-03-07"}, {"day": "2026-03-08"}, "刚被改成“2026-03-07”了，"),
    ],
)
def test_who_changes_what_another_one_just_changed_is_told(log_in, one, other, sentence):
    activity = make_activity("2026-03-06", title="拔河", field="women")
    client, address = log_in(Role.CHAIR), url("activity_update", activity.pk)
    opened = posted_back(client.get(address))
    assert client.post(address, opened | one).status_code == 302
    response = client.post(address, opened | other)
    assert response.status_code == 422
    assert sentence in response.text


@pytest.mark.parametrize("seen", ["", "[]", '{"title": 3}'])
def test_activity_update_without_what_was_shown_saves_what_was_sent(log_in, seen):
    activity = make_activity("2026-03-06", title="拔河", place="操场")
    data = QUICK | {"when": "day", "day": "2026-03-07", "seen": seen}
    log_in(Role.CHAIR).post(url("activity_update", activity.pk), data)
    activity.refresh_from_db()
    assert (activity.title, activity.day, activity.place) == (QUICK["title"], date(2026, 3, 7), "")


def test_activity_update_offers_the_item_of_an_old_plan(log_in):
    item = make_item(make_plan(Period.year(2022)), "2022-03")
    activity = make_activity(plan_item=item)
    client = log_in(Role.CHAIR)
    page = client.get(url("activity_update", activity.pk))
    assert item in page.context["form"].fields["plan_item"].queryset
    client.post(url("activity_update", activity.pk), posted_back(page) | {"title": "补记"})
    activity.refresh_from_db()
    assert (activity.title, activity.plan_item) == ("补记", item)


def test_activity_form_sent_empty_comes_back_with_errors(log_in):
    client = log_in(Role.CHAIR)
    for address in (url("activity_create"), url("activity_update", make_activity().pk)):
        response = client.post(address)
        assert (response.status_code, errors(response)["field"]) == (422, ["选一个板块。"])


def test_voided_activity_keeps_a_page_with_a_banner_for_officers(log_in):
    activity = make_activity()
    client = log_in(Role.CHAIR)
    page = client.post(url("activity_void", activity.pk), {"reason": "记重了"}, follow=True)
    assert "这条记录已经作废，不计入任何数字。" in page.content.decode()
    assert log_in(Role.MEMBER).get(url("activity_detail", activity.pk)).status_code == 404


def test_activity_detail_tells_officers_what_was_done(log_in):
    chair = make_user(Role.CHAIR)
    activity = make_activity(by=chair)
    log = log_in(Role.WELFARE).get(url("activity_detail", activity.pk)).context["log"]
    assert [line.text for line in log] == [f"{chair}记活动"]
    assert log_in(Role.MEMBER).get(url("activity_detail", activity.pk)).context["log"] == ()
