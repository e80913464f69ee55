"""Filters of the roster under names of one's own."""

import pytest

from members.models import SavedView
from tests.factories.members import make_member
from unionoffice.roles import Role

NEW, LIST = "/members/views/new/", "/members/views/"


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def save(client, name, query="gender=female&page=2&moved="):
    return client.post(f"{NEW}?{query}", {"name": name}, follow=True)


def test_a_view_is_saved_without_the_page_and_opens_the_same_list(chair):
    make_member("甲一", gender="female")
    make_member("乙二", gender="male")
    response = save(chair, "女教师")
    assert said(response) == ["存好了：女教师"]
    assert SavedView.objects.get().query == "gender=female"
    assert [row["name"] for row in response.context["rows"]] == ["甲一"]
    assert response.context["views"] == [
        {"name": "女教师", "url": "/members/?gender=female", "current": True}
    ]
    assert chair.get("/members/").context["views"][0]["current"] is False


def test_the_list_offers_to_save_only_what_is_narrowed(chair):
    make_member("甲一", gender="female")
    assert chair.get("/members/").context["keep"] == ""
    page = chair.get("/members/", {"gender": "female", "page": 1})
    assert page.context["keep"] == "/members/views/new/?gender=female"


def test_a_second_view_of_the_same_name_is_refused(chair):
    save(chair, "女教师")
    response = save(chair, "女教师", "gender=male")
    assert response.status_code == 422
    assert "已经有一个叫“女教师”的，换一个名称。" in response.text


def test_a_filter_that_cannot_be_read_is_not_saved(chair):
    assert said(save(chair, "乱", "gender=x")) == ["筛选条件看不懂，没有存。重新选一下再存。"]
    assert SavedView.objects.count() == 0


def test_a_view_is_renamed_and_dropped(chair):
    save(chair, "女教师")
    view = SavedView.objects.get()
    assert said(chair.post(f"{LIST}{view.pk}/edit/", {"name": "女老师"}, follow=True)) == [
        "改好了：女老师"
    ]
    assert said(chair.post(f"{LIST}{view.pk}/drop/", follow=True)) == ["删掉了：女老师"]
    assert "还没有存过筛选" in chair.get(LIST).text


def test_views_are_ones_own(chair, log_in):
    save(chair, "女教师")
    view = SavedView.objects.get()
    other = log_in(Role.ORGANISATION)
    assert other.get(f"{LIST}{view.pk}/edit/").status_code == 404
    assert other.post(f"{LIST}{view.pk}/drop/").status_code == 404
    assert list(other.get(LIST).context["views"]) == []
    assert other.get("/members/").context["views"] == []


def test_there_are_no_more_views_than_one_can_look_over(chair):
    for number in range(20):
        save(chair, f"第 {number} 个")
    assert "已经存了 20 个，删掉不用的再存。" in save(chair, "再一个").text
