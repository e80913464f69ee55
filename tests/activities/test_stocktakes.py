"""盘点: what of a place's things was there, and what becomes of what was found."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from activities.actions import places as place_actions
from activities.exporters.stocktakes import empty_paper, stocktake_paper
from activities.models import Place, StockCount, Stocktake
from activities.queries import stocktakes as queries
from activities.rules.stocktakes import settled
from tests.factories.activities import make_asset, make_place, make_stocktake
from tests.factories.members import make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry, Office
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
LIST = reverse("activities:stocktake_list")


def url(name: str, row) -> str:
    return reverse(f"activities:stocktake_{name}", args=[row.pk])


@pytest.fixture
def place() -> Place:
    place = make_place("羽毛球馆")
    make_asset("球拍", place=place, quantity=24, unit="支")
    make_asset("网架", place=place, quantity=4)
    return place


def sheet(place: Place, **values) -> dict:
    return {"day": "2026-11-16", "counted_by": "王芳、李静"} | values


def marks(place: Place, **results) -> dict:
    """{name: (result, counted, note)} as the sheet sends it."""
    keys = dict(place.assets.values_list("name", "pk"))
    return {
        f"{letter}{keys[name]}": value
        for name, told in results.items()
        for letter, value in zip("rcw", told, strict=True)
    }


@pytest.mark.parametrize(
    ("result", "counted", "there"),
    [
        ("found", None, 5),
        ("found", 6, 6),
        ("missing", None, 0),
        ("missing", 4, 4),
        ("broken", None, 5),
        ("broken", 3, 3),
    ],
)
def test_the_number_follows_from_the_result_where_nobody_wrote_one(result, counted, there):
    assert settled("球拍", result, 5, counted) == there


@pytest.mark.parametrize(
    ("result", "counted", "said"),
    [
        ("found", 4, "球拍账上 5，实有 4，少了就选“缺少”。"),
        ("missing", 5, "球拍账上 5，实有 5，没有少，选“在”。"),
    ],
)
def test_a_number_that_says_otherwise_than_the_result_is_refused(result, counted, said):
    with pytest.raises(RuleBroken) as refusal:
        settled("球拍", result, 5, counted)
    assert str(refusal.value) == said


def test_the_things_of_a_place_are_looked_for_one_by_one(log_in, place):
    client = log_in(Role.CULTURE)
    told = marks(place, 球拍=("missing", "22", "借出未还"), 网架=("found", "", ""))
    page = client.post(url("create", place), sheet(place) | told, follow=True)
    assert "记下了：羽毛球馆2026年11月16日盘点" in page.content.decode()
    rows = StockCount.objects.values_list("asset__name", "expected", "counted", "result", "note")
    assert set(rows) == {
        ("球拍", 24, 22, "missing", "借出未还"),
        ("网架", 4, 4, "found", ""),
    }
    entry = AuditEntry.objects.get(act="activities.record_stocktake")
    assert entry.changes["told"] == "球拍 缺少"


def test_what_has_no_mark_is_asked_for_by_name_and_can_all_be_there(log_in, place):
    client = log_in(Role.CHAIR)
    told = sheet(place) | marks(place, 球拍=("broken", "", ""))
    page = client.post(url("create", place), told)
    assert page.status_code == 422
    assert "还有 1 样没有记：网架。都在的，点“没记的都在，存下”。" in page.content.decode()
    client.post(url("create", place), told | {"rest": "found"})
    assert set(StockCount.objects.values_list("asset__name", "result")) == {
        ("球拍", "broken"),
        ("网架", "found"),
    }


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"day": "2026-11-20"}, "盘点的日子写到今天为止。"),
        ({"day": "2020-01-01"}, "这里2025年1月1日才启用，盘点的日子不能更早。"),
        ({"counted_by": ""}, "写上谁盘点的。"),
    ],
)
def test_the_sheet_says_what_is_wrong_with_its_head(values, said, log_in, place):
    Place.objects.update(opened_on=date(2025, 1, 1))
    page = log_in(Role.CHAIR).post(url("create", place), sheet(place, rest="found") | values)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Stocktake.objects.exists()


def test_nonsense_on_a_line_is_said_at_that_line(log_in, place):
    told = marks(place, 球拍=("lost", "x", ""))
    page = log_in(Role.CHAIR).post(url("create", place), sheet(place) | told).content.decode()
    assert "球拍：选在、缺少或坏了。" in page
    assert "球拍实有几件写数字，不差就空着。" in page


def test_a_place_without_things_has_nothing_to_count(log_in):
    page = log_in(Role.CHAIR).get(url("create", make_place())).content.decode()
    assert "这里还没有登记设备" in page


def test_what_was_written_off_is_not_looked_for(place):
    chair = make_user(Role.CHAIR)
    old = place.assets.get(name="网架")
    place_actions.write_off_asset(asset=old, day=date(2026, 5, 1), reason="断了", by=chair)
    assert [str(asset) for asset in queries.assets_to_count(place)] == ["球拍"]
    assert make_stocktake(place).counts.count() == 1


def test_the_ledger_shows_the_last_stocktake_and_not_a_voided_one(log_in, place):
    make_stocktake(place, "2026-03-02")
    late = make_stocktake(place, "2026-09-07", missing=["球拍"])
    client = log_in(Role.CHAIR)

    def shown() -> set:
        page = client.get(reverse("activities:asset_list")).context["page"]
        return {(str(one), one.counted_on, one.count_result) for one in page}

    assert shown() == {
        ("球拍", date(2026, 9, 7), "missing"),
        ("网架", date(2026, 9, 7), "found"),
    }
    client.post(url("void", late), {"reason": "数错了"})
    assert {row[1] for row in shown()} == {date(2026, 3, 2)}


def test_one_is_taken_back_by_who_recorded_it_and_voided_with_a_reason(log_in, place):
    client = log_in(Role.CHAIR)
    client.post(url("create", place), sheet(place, rest="found"))
    stocktake = Stocktake.objects.get()
    other = log_in(Role.CULTURE)
    assert (
        "只有记的人自己能撤销" in other.post(url("undo", stocktake), follow=True).content.decode()
    )
    assert other.post(url("void", stocktake), {"reason": ""}).status_code == 422
    client.post(url("undo", stocktake))
    stocktake.refresh_from_db()
    assert stocktake.void_reason == "刚记就撤销"
    again = client.post(url("void", stocktake), {"reason": "再作废"}, follow=True)
    assert "羽毛球馆2026年11月16日盘点已经作废了。" in again.content.decode()
    assert client.get(stocktake.get_absolute_url()).status_code == 200
    assert log_in(Role.MEMBER).get(stocktake.get_absolute_url()).status_code == 404


def test_what_was_just_taken_back_may_be_recorded_again_at_once(log_in, place):
    client = log_in(Role.CHAIR)
    client.post(url("create", place), sheet(place, rest="found"))
    client.post(url("undo", Stocktake.objects.get()))
    client.post(url("create", place), sheet(place, rest="found"))
    assert Stocktake.objects.standing().count() == 1


def test_a_thing_that_was_counted_is_written_off_and_not_taken_away(place):
    make_stocktake(place)
    with pytest.raises(RuleBroken, match="球拍盘点过，不能去掉；坏了、没了就报废。"):
        place_actions.drop_asset(asset=place.assets.get(name="球拍"), by=make_user(Role.CHAIR))


def test_the_list_is_narrowed_and_goes_out_as_it_is_shown(log_in, place):
    make_stocktake(place, "2026-03-02", missing=["球拍"])
    other = make_place("书屋")
    make_asset("书架", place=other)
    make_stocktake(other, "2026-04-01")
    make_stocktake(other, "2025-04-01")
    client = log_in(Role.CHAIR)
    assert [str(one.place) for one in client.get(LIST).context["page"]] == ["书屋", "羽毛球馆"]
    address = reverse("activities:stocktake_export") + f"?place={place.pk}"
    book = load_workbook(BytesIO(client.get(address).getvalue()), read_only=True)
    rows = [list(row) for row in book.active.iter_rows(min_row=2, values_only=True)]
    assert [row[1:8] for row in rows] == [["羽毛球馆", "王芳", 2, 28, 4, 1, 0]]
    assert client.get(LIST + "?place=zzz").status_code == 422


@pytest.mark.parametrize("rows", [1, 4])
def test_the_list_costs_the_same_at_any_length(rows, log_in, django_assert_num_queries, place):
    for day in range(rows):
        make_stocktake(place, f"2026-03-0{day + 1}")
    client = log_in(Role.CHAIR)
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(LIST)


def test_the_paper_has_what_was_missing_first_and_room_to_sign(place, office):
    stocktake = make_stocktake(place, "2026-03-02", missing=["网架"])
    found = queries.found_in(stocktake)
    paper = stocktake_paper(stocktake, queries.counts_of(stocktake), found, Office.objects.get())
    rows = [[box.text for box in row.boxes] for row in paper.sheets[0].grid.rows[1:]]
    assert [(row[1], *row[4:7]) for row in rows] == [
        ("网架", "4", "0", "缺少"),
        ("球拍", "24", "24", "完好"),
    ]
    assert paper.sheets[0].left == (
        "共 2 样，账上 28 件，实有 24 件；缺少 1 样，坏了 0 样；盘点人 王芳"
    )
    assert "盘点人（签名）" in paper.sheets[0].below


def test_the_empty_paper_leaves_what_is_to_be_written(place, office):
    assets = queries.assets_to_count(place)
    paper = empty_paper(place, assets, Office.objects.get(), date(2026, 11, 18))
    row = [box.text for box in paper.sheets[0].grid.rows[1].boxes]
    assert row[4:7] == ["24", "", ""]


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "csv"])
def test_the_papers_of_one_open(kind, log_in, place, office):
    stocktake = make_stocktake(place)
    answer = log_in(Role.CHAIR).get(url("paper_export", stocktake) + f"?format={kind}")
    assert len(answer.getvalue()) > 50
    assert "filename*=utf-8''" in answer["Content-Disposition"]


def test_the_period_is_the_one_of_the_day(place):
    make_stocktake(place, "2025-12-31")
    rows = queries.stocktakes_visible_to(make_user(Role.CHAIR))
    assert not queries.narrowed_stocktakes(rows, period=Period.year(2026)).exists()
