"""Places of the union, what stands there, and when they are used."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from activities.actions import places as actions
from activities.asset_reader import read_assets
from activities.exporters.places import uses_paper
from activities.models import Activity, Asset, Check, Place, PlaceUse
from activities.queries import places as queries
from activities.queries.place_uses import uses_in, uses_told
from tests.factories.activities import make_activity, make_asset, make_place
from tests.factories.members import make_group, make_member, make_user
from unionoffice.errors import FileRefused, RuleBroken
from unionoffice.models import AuditEntry, Office
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db

YEAR = Period.year(2026)


def workbook(*rows: tuple) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def handed_in(content: bytes, name: str = "台账.xlsx") -> dict:
    return {"file": SimpleUploadedFile(name, content)}


# Places and their use


def test_a_place_is_added_changed_and_taken_away(log_in):
    client = log_in(Role.CHAIR)
    values = {"name": "职工书屋", "kind": "library", "books": "1200", "hours": "周一至周五"}
    page = client.post(reverse("activities:place_create"), values, follow=True)
    assert "加好了：职工书屋" in page.content.decode()
    place = Place.objects.get()
    client.post(reverse("activities:place_update", args=[place.pk]), values | {"books": "1300"})
    place.refresh_from_db()
    assert place.books == 1300
    client.post(reverse("activities:place_drop", args=[place.pk]))
    assert not Place.objects.exists()


def test_a_place_with_things_or_uses_is_not_taken_away(today):
    place, chair = make_place("乒乓室"), make_user(Role.CHAIR)
    make_asset(place=place)
    with pytest.raises(RuleBroken, match="乒乓室有设备、活动或盘点记着，不能去掉"):
        actions.drop_place(place=place, by=chair)
    assert Place.objects.exists()


def test_a_member_registers_a_use_and_takes_it_back_but_not_that_of_another(log_in):
    place, client = make_place("乒乓室"), log_in(Role.MEMBER)
    url = reverse("activities:place_use", args=[place.pk])
    page = client.post(url, {"what": "打球", "day": "2026-11-17", "people": "4"}, follow=True)
    assert "登记了：乒乓室，打球" in page.content.decode()
    use = PlaceUse.objects.get()
    drop = reverse("activities:place_use_drop", args=[use.pk])
    assert log_in(Role.MEMBER).post(drop).status_code == 404
    client.post(drop)
    assert not PlaceUse.objects.exists()


def test_a_use_that_is_still_to_come_is_refused_and_the_form_comes_back(log_in):
    url = reverse("activities:place_use", args=[make_place().pk])
    page = log_in(Role.MEMBER).post(url, {"what": "打球", "day": "2026-12-01"})
    assert page.status_code == 422
    assert "使用的日子写到今天为止；以后要用的，在活动里发通知。" in page.content.decode()
    assert 'value="打球"' in page.content.decode()


def test_activities_and_uses_count_together_each_in_its_month():
    place, chair = make_place(), make_user(Role.CHAIR)
    make_activity("2026-03-06", venue=place, headcount=30)
    make_activity("2025-03-06", venue=place, headcount=99)
    for day, people in (("2026-03-09", 4), ("2026-05-11", None)):
        use = PlaceUse(place=place, day=date.fromisoformat(day), people=people, what="打球")
        actions.record_place_use(use=use, by=chair)
    row = queries.place_rows(Place.objects.all(), YEAR)[0]
    assert (row.held, row.uses, row.used, row.people) == (1, 2, 3, 34)
    months = dict(queries.uses_by_month(YEAR))
    assert (months[2026, 3], months[2026, 5], months[2026, 4]) == (2, 1, 0)
    assert queries.place_totals([row]).people == 34


@pytest.mark.parametrize(
    ("place", "day", "counts"),
    [
        ("乒乓室", "2026-03-06", True),
        ("乒乓室", "2026-07-01", False),
        ("操场", "2026-03-06", False),
    ],
)
def test_an_activity_at_a_place_that_is_only_named_counts_there(place, day, counts):
    """Whoever records in four fields names the place and picks none."""
    room = make_place("乒乓室", closed_on=date(2026, 6, 30))
    activity = make_activity(day, place=place)
    assert (activity.venue == room) == counts


def test_an_inspection_stands_on_the_page_of_its_place(log_in):
    place = make_place()
    found = make_activity("2026-05-06", "建家验收", venue=place, kind="inspection")
    Check.objects.create(activity=found, result="合格")
    page = log_in(Role.MEMBER).get(place.get_absolute_url()).content.decode()
    assert "建家验收" in page
    assert "合格" in page


def test_what_was_held_and_what_was_registered_stand_in_one_list_the_newest_first():
    place, chair = make_place("乒乓室"), make_user(Role.CHAIR)
    group = make_group("第二工会小组")
    make_activity("2026-03-06", "擂台赛", venue=place, headcount=30, organiser="校工会")
    make_activity("2026-03-07", "小组活动", venue=place, group=group, organiser="校工会")
    make_activity("2026-03-08", "别处的")
    use = PlaceUse(place=place, day=date(2026, 3, 9), people=4, what="打球", who="乒乓社")
    actions.record_place_use(use=use, by=chair)
    rows = uses_told(uses_in(YEAR))
    assert [(one.day_text, one.what, one.who, one.people, one.is_activity) for one in rows] == [
        ("2026-03-09", "打球", "乒乓社", 4, False),
        ("2026-03-07", "小组活动", "第二工会小组", None, True),
        ("2026-03-06", "擂台赛", "校工会", 30, True),
    ]
    assert [one.what for one in uses_told(uses_in(YEAR, q="赛"))] == ["擂台赛"]
    assert uses_told(uses_in(YEAR, place=make_place().pk)) == []


@pytest.mark.parametrize("rows", [1, 5])
def test_the_list_of_uses_costs_the_same_at_any_length(rows, log_in, django_assert_num_queries):
    place, client = make_place(), log_in(Role.CHAIR)
    for number in range(rows):
        make_activity("2026-03-06", venue=place)
        use = PlaceUse(place=place, day=date(2026, 3, 9), what=f"打球{number}")
        actions.record_place_use(use=use, by=client.user)
    page = reverse("activities:place_use_list")
    client.get(page)
    with django_assert_num_queries(7):
        client.get(page)


def test_the_uses_of_a_year_go_out_as_they_are_listed(log_in, office):
    place, client = make_place("乒乓室"), log_in(Role.CHAIR)
    make_activity("2026-03-06", "擂台赛", venue=place, headcount=30)
    make_activity("2025-03-06", "去年的", venue=place)
    address = reverse("activities:place_use_export") + f"?period=2026&place={place.pk}"
    text = client.get(address + "&format=csv").getvalue().decode("utf-8-sig")
    assert text.splitlines()[1:] == ["2026-03-06,乒乓室,擂台赛,,30,活动记录"]
    for kind in ("docx", "pdf"):
        assert len(client.get(f"{address}&format={kind}").getvalue()) > 1000
    rows = uses_told(uses_in(YEAR))
    paper = uses_paper(rows, YEAR, Office.objects.get(), date(2026, 11, 18))
    assert paper.sheets[0].left == "2026年　共 1 次，30 人次"
    summed = client.get(reverse("activities:place_export") + "?period=2026&format=csv")
    line = summed.getvalue().decode("utf-8-sig").splitlines()[1]
    assert line.split(",")[-4:] == ["1", "0", "1", "30"]


def test_the_list_of_uses_answers_nonsense_in_a_sentence(log_in):
    page = log_in(Role.CHAIR).get(reverse("activities:place_use_list") + "?place=zzz")
    assert page.status_code == 422
    assert "没有“zzz”这个地方，从列表里选一个。" in page.content.decode()


# Assets


def test_an_asset_is_registered_changed_written_off_and_back(log_in, today):
    client, place = log_in(Role.CHAIR), make_place("乒乓室")
    values = {"name": "球台", "place": place.pk, "quantity": "2", "unit": "张", "price": "2600.5"}
    client.post(reverse("activities:asset_create"), values)
    asset = Asset.objects.get()
    assert asset.price == Decimal("2600.50")
    client.post(reverse("activities:asset_update", args=[asset.pk]), values | {"quantity": "3"})
    off = reverse("activities:asset_write_off", args=[asset.pk])
    client.post(off, {"day": "2026-11-02", "reason": "台面开裂"})
    asset.refresh_from_db()
    assert (asset.quantity, asset.written_off_on) == (3, date(2026, 11, 2))
    listed = client.get(reverse("activities:asset_list"))
    assert listed.context["totals"].kinds == 0
    old = client.get(reverse("activities:asset_list"), {"state": "written_off"}).content.decode()
    assert "台面开裂" in old
    client.post(reverse("activities:asset_restore", args=[asset.pk]))
    asset.refresh_from_db()
    assert asset.written_off_on is None


def test_nothing_is_written_off_without_a_reason_or_before_it_was_bought(log_in):
    client, asset = log_in(Role.CHAIR), make_asset(bought_on=date(2026, 5, 1))
    off = reverse("activities:asset_write_off", args=[asset.pk])
    page = client.post(off, {"day": "2026-11-02", "reason": ""})
    assert page.status_code == 422
    assert "报废要写原因，例如：台面开裂，修不好。" in page.content.decode()
    page = client.post(off, {"day": "2026-04-02", "reason": "旧了"})
    assert "示例球台2026年5月1日才买，报废的日子不能更早。" in page.content.decode()


def test_ticked_things_go_into_another_place_together(log_in):
    client, old, new = log_in(Role.CHAIR), make_place("旧馆"), make_place("新馆")
    things = [make_asset(f"球拍{n}", place=old) for n in range(3)]
    url = reverse("activities:asset_move")
    page = client.post(url, {"pk": [t.pk for t in things[:2]], "to": new.pk}, follow=True)
    assert "2 样搬到新馆了。" in page.content.decode()
    assert set(new.assets.values_list("name", flat=True)) == {"球拍0", "球拍1"}
    page = client.post(url, {"to": new.pk})
    assert page.status_code == 422
    assert "先在前面打勾，选要搬的。" in page.content.decode()


@pytest.mark.parametrize("file_format", ["xlsx", "csv", "docx", "pdf"])
def test_the_list_goes_out_as_a_table_and_as_a_paper(log_in, file_format):
    make_asset("乒乓球台", quantity=2, price=Decimal("5200"))
    url = reverse("activities:asset_export")
    response = log_in(Role.CHAIR).get(url, {"format": file_format})
    content = response.getvalue()
    start = {"xlsx": b"PK", "docx": b"PK", "pdf": b"%PDF", "csv": "\ufeff名称".encode()}
    assert response.status_code == 200
    assert content.startswith(start[file_format])


def test_what_has_no_price_is_told_and_not_taken_for_nothing():
    make_asset("甲", price=Decimal("10"))
    make_asset("乙")
    totals = queries.asset_totals(Asset.objects.all())
    assert (totals.value, totals.without_price) == (Decimal(10), 1)
    assert queries.asset_totals(Asset.objects.filter(name="乙")).value is None


# A file


def test_a_list_is_read_with_titles_over_it_single_prices_dates_and_sums_left_out():
    content = workbook(
        ("示例三中工会固定资产登记表",),
        ("序号", "资产名称", "数量", "单位", "单价", "购置日期", "存放地点", "保管人"),
        (1, "乒乓球台", 2, "张", 2600, date(2025, 3, 8), "乒乓室", "王某"),
        (2, "音响", None, "套", "3,200元", "2024年6月", "教工之家", ""),
        (3, "图书柜", "三", "个", 500, None, "书屋", ""),
        ("合计", None, None, None, 8400, None, None, None),
    )
    reading = read_assets("台账.xlsx", content)
    rows = [(r.name, r.quantity, r.price, r.bought_on, r.place) for r in reading.rows]
    assert rows == [
        ("乒乓球台", 2, "5200.00", "2025-03-08", "乒乓室"),
        ("音响", 1, "3200.00", "2024-06-01", "教工之家"),
    ]
    assert reading.refused == [(5, "数量“三”不是数字。")]


def test_a_file_that_is_no_such_list_is_refused_in_a_sentence(log_in):
    with pytest.raises(FileRefused, match="资产台账要有“名称”一列"):
        read_assets("名册.csv", "姓名,性别\n王某,男\n".encode())
    page = log_in(Role.CHAIR).post(
        reverse("activities:asset_import"), handed_in(b"\x00\x01\x02", "台账.xlsx")
    )
    assert page.status_code == 422


def test_a_file_is_looked_at_first_lands_whole_and_is_taken_back_whole(log_in):
    client = log_in(Role.CHAIR)
    make_member("王小明")
    there = make_place("乒乓室")
    content = "名称,数量,金额,地点,保管人\n球台,2,5200,乒乓室,王小明\n音响,1,,教工之家,李某\n"
    page = client.post(reverse("activities:asset_import"), handed_in(content.encode(), "台账.csv"))
    text = page.content.decode()
    assert not Asset.objects.exists()
    assert "还没有，会一起加上：教工之家。" in text
    assert "保管人“李某”在名册里没有对上一个人，保管人写进备注。" in text
    land = reverse("activities:asset_import_land")
    page = client.post(land, {"rows": page.context["carried"]}, follow=True)
    assert "导入了 2 行。" in page.content.decode()
    found = {a.name: (a.place.name, a.keeper and a.keeper.name) for a in Asset.objects.all()}
    assert found == {"球台": ("乒乓室", "王小明"), "音响": ("教工之家", None)}
    entry = AuditEntry.objects.get(act="activities.import_assets")
    client.post(reverse("activities:asset_import_undo", args=[entry.pk]))
    assert not Asset.objects.exists()
    assert list(Place.objects.all()) == [there]


def test_what_was_changed_since_is_not_taken_back(log_in, monkeypatch):
    chair, place = make_user(Role.CHAIR), make_place()
    rows = [Asset(place=place, name="球台"), Asset(place=place, name="球拍")]
    entry = actions.import_assets(assets=rows, new_places=[], by=chair)
    asset = Asset.objects.first()
    asset.quantity = 5
    actions.update_asset(asset=asset, by=chair)
    with pytest.raises(RuleBroken, match="导入以后改过、盘点过里面的设备，不能整份撤回了"):
        actions.undo_asset_import(entry=entry, by=chair)
    later = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    with pytest.raises(RuleBroken, match="只有导入的人自己在 30 分钟里能撤回"):
        actions.undo_asset_import(entry=entry, by=chair)


def test_a_preview_that_somebody_changed_lands_nothing(log_in):
    page = log_in(Role.CHAIR).post(
        reverse("activities:asset_import_land"), {"rows": "改过的"}, follow=True
    )
    assert "这份预览过期了，什么都没有导入。再选一次文件。" in page.content.decode()


# Pages


def test_lists_cost_the_same_for_one_and_for_many(log_in, django_assert_max_num_queries):
    client = log_in(Role.CHAIR)
    for name in ("place_list", "asset_list"):
        make_asset(keeper=make_member())
        url = reverse(f"activities:{name}")
        client.get(url)
        with django_assert_max_num_queries(30) as one:
            client.get(url)
        for _ in range(8):
            place = make_place(keeper=make_member())
            make_asset(place=place, keeper=make_member())
            make_activity(venue=place)
        with django_assert_max_num_queries(30) as many:
            client.get(url)
        assert len(many) == len(one)


def test_nonsense_in_the_address_is_said(log_in):
    client = log_in(Role.CHAIR)
    for query in ("place_list/?kind=nix", "asset_list/?place=nix", "asset_list/?state=nix"):
        name, _, rest = query.partition("/")
        assert client.get(reverse(f"activities:{name}") + rest).status_code == 422


def test_a_voided_activity_is_no_use_of_the_place():
    place = make_place()
    found = make_activity(venue=place)
    Activity.objects.filter(pk=found.pk).update(voided_at=timezone.now(), void_reason="重复")
    assert queries.place_rows(Place.objects.all(), YEAR)[0].used == 0
