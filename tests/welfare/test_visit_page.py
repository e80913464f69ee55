"""The page of one visit: its log, voiding it, taking it back."""

import pytest
from django.urls import reverse

from tests.factories.members import make_member, make_user
from tests.factories.welfare import make_visit
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
FRAME, AUDIT = 4, 5  # queries: session, user, roles, office; and of one entry in the chain


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


def text_of(response) -> str:
    return response.content.decode()


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_visit_detail_shows_the_circumstances(chair):
    visit = make_visit(reason="急性阑尾炎，住院一周")
    assert "急性阑尾炎，住院一周" in text_of(chair.get(visit.get_absolute_url()))


@pytest.mark.parametrize("visitors", [1, 3])
def test_visit_detail_query_count_is_flat(chair, django_assert_num_queries, visitors):
    visit = make_visit(visitors=[make_member() for _ in range(visitors)])
    with django_assert_num_queries(FRAME + 4 + AUDIT):  # visit, visitors, files, log
        chair.get(visit.get_absolute_url())


def test_visit_void_takes_a_visit_out_with_a_reason(chair):
    visit = make_visit(make_member("王桂芬"))
    url = reverse("welfare:visit_void", args=[visit.pk])
    response = chair.post(url, {"reason": "记重了"}, follow=True)
    visit.refresh_from_db()
    assert visit.voided
    assert messages_of(response) == ["作废了：慰问王桂芬 600 元，不再计入任何数字。"]
    assert "原因：记重了" in text_of(response)


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "作废要写原因，例如：和 3月8日那条重复。"),
        ("重" * 201, "最多 200 字，现在有 201 字，删短一点。"),
        ("重\0", "里面有看不见的空字符，重新写一遍。"),
    ],
)
def test_visit_void_without_a_fitting_reason_answers_422_with_what_was_typed(
    chair, reason, sentence
):
    visit = make_visit()
    response = chair.post(reverse("welfare:visit_void", args=[visit.pk]), {"reason": reason})
    visit.refresh_from_db()
    assert (response.status_code, visit.voided) == (422, False)
    assert sentence in text_of(response)
    assert reason in text_of(response)
    assert '<details class="block void-box" open>' in text_of(response)


def test_visit_void_is_no_act_of_a_get(chair):
    assert chair.get(reverse("welfare:visit_void", args=[make_visit().pk])).status_code == 405


def test_visit_undo_of_another_s_record_says_why_not(chair):
    visit = make_visit(by=make_user(Role.WELFARE))
    response = chair.post(reverse("welfare:visit_undo", args=[visit.pk]), follow=True)
    visit.refresh_from_db()
    assert not visit.voided
    assert messages_of(response) == [
        "只有记的人自己能撤销。要去掉就作废这一笔，自己没有作废按钮的，找工会主席。"
    ]


def test_visit_undo_is_no_act_of_a_get(chair):
    visit = make_visit(by=chair.user)
    assert chair.get(reverse("welfare:visit_undo", args=[visit.pk])).status_code == 405


def test_visit_detail_offers_who_may_not_void_to_undo_the_own_fresh_record(log_in):
    client = log_in(Role.WOMEN)
    own, other = make_visit(by=client.user), make_visit()
    assert "撤销这一笔" in text_of(client.get(own.get_absolute_url()))
    assert "撤销这一笔" not in text_of(client.get(other.get_absolute_url()))


def test_visit_detail_shows_who_recorded_changed_and_looked(log_in):
    chair = log_in(Role.CHAIR)
    looker = log_in(Role.WELFARE)
    visit = make_visit(by=chair.user)
    for _ in range(3):
        looker.get(visit.get_absolute_url())
    log = chair.get(visit.get_absolute_url()).context["log"]
    assert [(line.text, line.key) for line in log] == [
        (f"{chair.user}看慰问记录", False),
        (f"{looker.user}看慰问记录，当天 3 次", False),
        (f"{chair.user}记慰问", True),
    ]


def test_visit_detail_shows_its_log_only_to_who_may_see_the_audit_list(log_in):
    visit = make_visit()
    shown = {
        role: bool(log_in(role).get(visit.get_absolute_url()).context["log"])
        for role in (Role.CHAIR, Role.VICE_CHAIR, Role.AUDITOR, Role.WELFARE, Role.WOMEN)
    }
    assert [role for role, seen in shown.items() if seen] == [
        Role.CHAIR,
        Role.VICE_CHAIR,
        Role.AUDITOR,
    ]


def test_visit_detail_of_a_voided_one_offers_no_change(chair):
    page = text_of(chair.get(make_visit(voided="记重了").get_absolute_url()))
    assert "在“修改”里补上" not in page
    assert "在“修改”里补上" in text_of(chair.get(make_visit().get_absolute_url()))
