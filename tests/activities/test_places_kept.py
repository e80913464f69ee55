"""What the register of places and things does not take, and what comes back."""

import re
from datetime import date

import pytest
from django.urls import reverse

from activities.actions import places as actions
from activities.actions.activities import void_activity
from activities.asset_reader import AssetRow
from activities.models import Asset, Place, PlaceUse
from activities.queries import places as queries
from activities.queries.asset_files import plan_assets
from tests.factories.activities import make_activity, make_asset, make_place
from tests.factories.forms import posted_back
from tests.factories.members import make_user
from tests.factories.signups import make_announced
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
YEAR = Period.year(2026)


def make_use(place, day: str, what: str = "打球", by=None, **values) -> PlaceUse:
    use = PlaceUse(place=place, day=date.fromisoformat(day), what=what, **values)
    return actions.record_place_use(use=use, by=by or make_user(Role.CHAIR))


def close(place: Place, day: str) -> Place:
    place.closed_on = date.fromisoformat(day)
    return actions.update_place(place=place, by=make_user(Role.CHAIR))


# ------------------------------------------------------------------ closed
@pytest.mark.parametrize(("last", "fits"), [("2026-11-09", False), ("2026-11-10", True)])
def test_a_place_is_closed_no_earlier_than_its_last_registered_use(last, fits):
    place = make_place("球馆")
    make_use(place, "2026-11-10")
    if fits:
        assert close(place, last).closed_on == date(2026, 11, 10)
        return
    with pytest.raises(RuleBroken, match="球馆在2026年11月10日还记着使用或活动"):
        close(place, last)
    assert Place.objects.get().closed_on is None


def test_a_place_is_closed_no_earlier_than_what_is_or_will_be_held_there():
    place = make_place()
    make_activity("2026-03-06", venue=place, last_day=date(2026, 3, 8))
    with pytest.raises(RuleBroken, match="2026年3月8日"):
        close(place, "2026-03-07")
    ahead = make_announced(day=date(2026, 12, 1), venue=place)
    with pytest.raises(RuleBroken, match="2026年12月1日"):
        close(place, "2026-11-30")
    void_activity(activity=ahead, reason="场地要修", by=ahead.recorded_by)
    assert close(place, "2026-03-08").closed_on == date(2026, 3, 8)


def test_the_form_says_why_a_place_stays_open(log_in):
    place = make_place("球馆")
    make_use(place, "2026-11-10")
    client, address = log_in(Role.CHAIR), reverse("activities:place_update", args=[place.pk])
    sent = posted_back(client.get(address)) | {"closed_on": "2026-01-01"}
    page = client.post(address, sent)
    assert page.status_code == 422
    assert "停用的日子写那天或以后。" in page.content.decode()


def test_what_does_not_touch_the_last_day_is_saved(log_in):
    place = close(make_place(), "2026-03-01")
    PlaceUse.objects.create(
        place=place, day=date(2026, 4, 1), what="旧的登记", recorded_by=make_user(Role.CHAIR)
    )
    place.note = "锁匙在传达室"
    actions.update_place(place=place, by=make_user(Role.CHAIR))
    assert Place.objects.get().note == "锁匙在传达室"


@pytest.mark.parametrize(("day", "fits"), [("2026-03-01", True), ("2026-03-02", False)])
def test_a_use_is_registered_until_the_last_day(day, fits):
    place = close(make_place("球馆"), "2026-03-01")
    if fits:
        assert make_use(place, day).pk
    else:
        with pytest.raises(RuleBroken, match="球馆到2026年3月1日就停用了。"):
            make_use(place, day)


def test_a_use_of_today_is_registered_and_one_of_tomorrow_not(today):
    place = make_place()
    assert make_use(place, "2026-11-18").day == today
    with pytest.raises(RuleBroken, match="写到今天为止"):
        make_use(place, "2026-11-19")


# ------------------------------------------------------------------ uses that come back
def test_a_use_that_was_taken_out_comes_back(log_in):
    teacher = log_in(Role.MEMBER)
    use = make_use(make_place(), "2026-11-10", "打乒乓球", by=teacher.user, people=4, who="语文组")
    page = teacher.post(reverse("activities:place_use_drop", args=[use.pk]), follow=True)
    assert not PlaceUse.objects.exists()
    [undo] = re.findall(r'action="([^"]*/restore/)"', page.content.decode())
    log_in(Role.CHAIR).post(undo)
    assert not PlaceUse.objects.exists()  # only who took it out
    page = teacher.post(undo, follow=True)
    assert "又登记上了。" in page.content.decode()
    back = PlaceUse.objects.get()
    names = ("pk", "place", "day", "people", "what", "who", "recorded_by")
    assert [getattr(back, name) for name in names] == [getattr(use, name) for name in names]
    page = teacher.post(undo, follow=True)
    assert "已经撤销过了" in page.content.decode()
    assert PlaceUse.objects.count() == 1


# ------------------------------------------------------------------ numbers
def test_one_number_is_no_two_things(log_in):
    make_asset("球台", place=make_place("球馆"), number="GH001")
    client, place = log_in(Role.CHAIR), make_place()
    sent = {"name": "音响", "place": place.pk, "quantity": "1", "number": "GH001"}
    page = client.post(reverse("activities:asset_create"), sent)
    assert page.status_code == 422
    assert "编号“GH001”已经是球台（球馆）的，看看写对没有" in page.content.decode()
    assert client.post(reverse("activities:asset_create"), sent | {"number": ""}).status_code == 302
    asset = Asset.objects.get(name="音响")
    asset.number = "GH001"
    with pytest.raises(RuleBroken, match="已经是球台"):
        actions.update_asset(asset=asset, by=client.user)


def test_what_is_written_off_gives_its_number_free_until_it_is_back():
    chair = make_user(Role.CHAIR)
    old = make_asset("旧球台", number="GH001")
    actions.write_off_asset(asset=old, day=date(2026, 3, 1), reason="裂了", by=chair)
    new = Asset(place=make_place("球馆"), name="新球台", number="GH001")
    actions.add_asset(asset=new, by=chair)
    new.note = "换的"
    actions.update_asset(asset=new, by=chair)  # its own number is no other's
    with pytest.raises(RuleBroken, match="编号“GH001”已经是新球台（球馆）的"):
        actions.restore_asset(asset=old, by=chair)


def test_of_a_file_the_rows_with_a_number_that_is_taken_are_left_out():
    make_asset("球台", number="GH001")
    rows = [
        AssetRow(row=2, name="音响", place="会议室", number="GH001"),
        AssetRow(row=3, name="投影", place="会议室", number="GH002"),
        AssetRow(row=4, name="幕布", place="会议室", number="GH002"),
        AssetRow(row=5, name="桌子", place="会议室"),
        AssetRow(row=6, name="椅子", place="会议室"),
    ]
    plan = plan_assets(rows)
    assert [asset.name for asset in plan.assets] == ["投影", "桌子", "椅子"]
    assert plan.notes == [
        (2, "编号“GH001”已经是球台的，这一行不导入；要导入，先改编号。"),
        (4, "编号“GH002”已经是投影的，这一行不导入；要导入，先改编号。"),
    ]
    make_asset("幻灯机", number="GH002")  # labelled while the preview was looked at
    values = {"assets": plan.assets, "new_places": plan.new_places, "by": make_user(Role.CHAIR)}
    with pytest.raises(RuleBroken, match="编号“GH002”已经是幻灯机"):
        actions.import_assets(**values)
    assert not Place.objects.filter(name="会议室").exists()


# ------------------------------------------------------------------ what counts
def test_what_is_written_off_counts_no_more_and_is_not_moved():
    place, chair = make_place(), make_user(Role.CHAIR)
    stays = make_asset(place=place, quantity=2, price=100)
    gone = make_asset(place=place, quantity=3, price=900)
    actions.write_off_asset(asset=gone, day=date(2026, 3, 1), reason="坏了", by=chair)
    [row] = queries.place_rows(Place.objects.all(), YEAR)
    assert (row.things, row.value) == (2, 100)
    other = make_place()
    assert actions.move_assets(assets=[stays, gone], place=other, by=chair) == [stays]
    gone.refresh_from_db()
    assert gone.place == place
    with pytest.raises(RuleBroken, match="没有要搬的"):
        actions.move_assets(assets=[gone], place=other, by=chair)


def test_months_that_have_not_begun_are_no_months_without_use():
    months = [month for month, _ in queries.uses_by_month(YEAR)]
    assert months == [(2026, number) for number in range(1, 12)]


def test_a_use_does_not_come_back_to_a_place_that_was_closed_before_it():
    chair, place = make_user(Role.CHAIR), make_place("球馆")
    use = make_use(place, "2026-11-10", by=chair)
    key, entry = use.pk, actions.drop_place_use(use=use, by=chair).number
    close(place, "2026-11-09")
    with pytest.raises(RuleBroken, match="球馆"):
        actions.restore_place_use(key=key, entry=entry, by=chair)
    assert not PlaceUse.objects.exists()
