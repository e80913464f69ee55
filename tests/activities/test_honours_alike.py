"""One honour is not recorded twice where its day was known in part the first time."""

from datetime import date

import pytest
from django.urls import reverse

from activities.actions.selections import conclude_selection
from activities.models import Honour
from activities.queries.honours import like_honours
from activities.rules import Twin
from tests.factories.forms import posted_back
from tests.factories.honours import make_honour, selection_at
from tests.factories.members import make_member, make_user
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
NEW = reverse("activities:honour_create")
INSIST = "不是同一个，还是记下"


def entry(when: str, person, **values) -> dict:
    return {
        "title": "师德标兵",
        "level": "city",
        "awarding_body": "示例市教育工会",
        "when": when,
        "holder": "member",
        "member": person.pk,
    } | values


def parts(when: str) -> dict:
    """The day and its precision."""
    precision = {4: "year", 7: "month", 10: "day"}[len(when)]
    return {"day": (when + "-01-01")[:10], "precision": precision}


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("2026-10", "2026-10-09", True),
        ("2026-10-09", "2026-10", True),
        ("2026", "2026-10-09", True),
        ("2026-10", "2026", True),
        ("2026-10-09", "2026-10-09", True),
        ("2026-10-09", "2026-10-10", False),
        ("2026-10", "2026-11-01", False),
        ("2025", "2026-01-01", False),
        ("2025-12-31", "2026", False),
    ],
)
def test_days_are_alike_where_they_may_be_one(first, second, alike):
    person = make_member()
    make_honour(person, title="师德标兵", **parts(first))
    when = parts(second)
    new = Honour(title="师德标兵", level="city", holder="member", member=person)
    new.day, new.precision = date.fromisoformat(when["day"]), when["precision"]
    assert bool(like_honours(new)) == alike


def test_another_title_level_or_holder_is_another_honour():
    person = make_member()
    honour = make_honour(person, title="师德标兵", day="2026-10-01", precision="month")
    told = {"day": date(2026, 10, 9), "precision": "day", "holder": "member"}
    own = {"title": "师德标兵", "level": "city", "member": person}
    assert like_honours(Honour(**told, **own)) == [honour]
    for other in ({"title": "优秀教师"}, {"level": "nation"}, {"member": make_member()}):
        assert like_honours(Honour(**told, **own | other)) == []


def test_what_may_be_the_same_is_asked_and_saved_at_one_press(log_in):
    person, client = make_member("王芳"), log_in(Role.CHAIR)
    client.post(NEW, entry("2026-10", person))
    page = client.post(NEW, entry("2026-10-09", person))
    assert page.status_code == 422
    said = "王芳的“师德标兵”记过一条，写的是2026年10月，看看是不是同一个。"
    assert said in page.content.decode()
    assert INSIST in page.content.decode()
    assert Honour.objects.count() == 1
    client.post(NEW, entry("2026-10-09", person, apart="on"))
    assert Honour.objects.count() == 2


def test_the_very_same_is_refused_however_one_insists(log_in):
    person, client = make_member("王芳"), log_in(Role.CHAIR)
    client.post(NEW, entry("2026-10-09", person))
    page = client.post(NEW, entry("2026-10-09", person, apart="on"))
    assert "已经记过，没有再记一次。" in page.content.decode()
    assert INSIST not in page.content.decode()
    assert Honour.objects.count() == 1


def test_a_change_asks_only_when_it_is_about_what_may_be_the_same(log_in):
    person, client = make_member("王芳"), log_in(Role.CHAIR)
    client.post(NEW, entry("2026-10", person))
    client.post(NEW, entry("2026-10-09", person, apart="on"))
    honour = Honour.objects.get(precision="day")
    address = reverse("activities:honour_update", args=[honour.pk])
    sent = posted_back(client.get(address))
    assert client.post(address, sent | {"note": "奖牌在工会"}).status_code == 302
    sent = posted_back(client.get(address))
    page = client.post(address, sent | {"when": "2026-10-12"})
    assert "看看是不是同一个" in page.content.decode()
    assert client.post(address, sent | {"when": "2026-10-12", "apart": "on"}).status_code == 302
    honour.refresh_from_db()
    assert (honour.day, honour.note) == (date(2026, 10, 12), "奖牌在工会")


def test_a_result_asks_too(log_in):
    chair = log_in(Role.CHAIR)
    selection = selection_at("submitted", chair.user)
    winner = selection.nominees.get(state="chosen")
    make_honour(winner.member, "2026-09-10", title=selection.title)
    values = {"selection": selection, "awarded": [winner.pk], "by": make_user(Role.CHAIR)}
    with pytest.raises(Twin):
        conclude_selection(honour=Honour(day=date(2026, 9, 1), precision="month"), **values)
    address = reverse("activities:selection_conclude", args=[selection.pk])
    sent = {"chosen": [winner.pk], "when": "2026-09"}
    page = chair.post(address, sent)
    assert page.status_code == 422
    assert INSIST in page.content.decode()
    assert chair.post(address, sent | {"apart": "on"}).status_code == 302
    assert Honour.objects.standing().count() == 2
