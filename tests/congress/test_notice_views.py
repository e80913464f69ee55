"""The pages of the public notices."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from congress import rules
from congress.choices import NoticeState
from congress.models import Notice
from tests.factories.congress import make_notice
from tests.factories.forms import posted_back
from unionoffice.choices import SchoolKind
from unionoffice.models import AuditEntry, Office
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
LIST = reverse("congress:notice_list") + "?period=2026"
NEW = reverse("congress:notice_create")
FRAME = 4  # queries: session, user, roles, office


def titles_on(response) -> list[str]:
    return [notice.title for notice in response.context["page"]]


def text_of(response) -> str:
    return response.content.decode()


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("notices", [1, 3])
def test_notice_list_query_count_is_flat(log_in, django_assert_num_queries, notices):
    for _ in range(notices):
        make_notice()
    client = log_in(Role.CHAIR)
    with django_assert_num_queries(FRAME + 2):  # count, rows
        client.get(LIST)


@pytest.mark.parametrize(
    ("role", "query", "titles"),
    [
        (Role.MEMBER, "", ["甲", "乙"]),
        (Role.MEMBER, "&state=draft", []),
        (Role.MEMBER, "&category=personnel", ["乙"]),
        (Role.MEMBER, "&q=甲", ["甲"]),
        (Role.CHAIR, "", ["甲", "乙"]),
        (Role.CHAIR, "&state=draft", ["丙"]),
        (Role.CHAIR, "&state=withdrawn", ["丁"]),
    ],
)
def test_notice_list_shows_what_is_public_unless_asked(log_in, role, query, titles):
    make_notice(title="乙", category="personnel")
    make_notice(title="甲", published_on=date(2026, 6, 3))
    make_notice("draft", title="丙")
    make_notice("withdrawn", title="丁")
    make_notice(title="去年", published_on=date(2025, 12, 31))
    assert titles_on(log_in(role).get(LIST + query)) == titles


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (SchoolKind.SCHOOL, "校务公开"),
        (SchoolKind.KINDERGARTEN, "园务公开"),
        (SchoolKind.COLLEGE, "院务公开"),
    ],
)
def test_notice_list_is_called_as_the_office_is(log_in, kind, word):
    client = log_in(Role.MEMBER)
    Office.objects.update(kind=kind)
    assert f"<h1>{word}</h1>" in text_of(client.get(LIST))


def test_notice_list_answers_a_period_that_makes_no_sense(log_in):
    make_notice()
    response = log_in(Role.MEMBER).get(reverse("congress:notice_list") + "?period=去年")
    assert response.status_code == 422
    assert "看不懂期间“去年”" in text_of(response)
    assert titles_on(response) == []


def test_notice_list_says_what_it_is_not_asked_by(log_in):
    response = log_in(Role.MEMBER).get(LIST + "&gender=female")
    assert response.status_code == 422
    assert "这一页没有“gender”这个条件，用上面的筛选来选。" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("state=zzz", "没有这样的状态。"), ("category=zzz", "没有这样的类目，重新选一个。")],
)
def test_notice_list_answers_nonsense_with_its_filters_and_a_way_back(log_in, query, sentence):
    make_notice()
    response = log_in(Role.MEMBER).get(f"{LIST}&{query}")
    page = text_of(response)
    assert response.status_code == 422
    assert sentence in page
    assert (
        f'<a class="btn btn-primary" href="{reverse("congress:notice_list")}">看今年公开的</a>'
        in page
    )
    assert "<h1>校务公开</h1>" in page
    assert 'name="category"' in page
    assert titles_on(response) == []


def typed(**data) -> dict:
    return {
        "title": "收支情况",
        "category": "finance",
        "body": "见公开栏。",
        "way": "board",
        "timing": "regular",
        "published_on": "2026-06-02",
    } | data


@pytest.mark.parametrize(
    ("button", "state", "message"),
    [
        ("publish", "published", "公开了：收支情况"),
        ("draft", "draft", "草稿存好了，看过再公开。"),
    ],
)
def test_notice_create_publishes_or_keeps_a_draft(log_in, button, state, message):
    response = log_in(Role.ORGANISATION).post(NEW, typed(**{button: "1"}), follow=True)
    assert Notice.objects.get().state == state
    assert messages_of(response) == [message]


def test_notice_create_that_lacks_something_answers_422(log_in):
    response = log_in(Role.CHAIR).post(NEW, typed(body="", publish="1"))
    assert response.status_code == 422
    assert "内容是空的，写上要让大家知道的。" in text_of(response)
    assert Notice.objects.count() == 0


def test_notice_update_changes_a_draft(log_in):
    notice = make_notice("draft")
    url = reverse("congress:notice_update", args=[notice.pk])
    log_in(Role.CHAIR).post(url, typed(title="新题"))
    notice.refresh_from_db()
    assert notice.title == "新题"


def test_two_forms_of_a_notice_keep_both_changes(log_in):
    notice = make_notice("draft", title="旧题")
    url = reverse("congress:notice_update", args=[notice.pk])
    clients = log_in(Role.CHAIR), log_in(Role.ORGANISATION)
    opened = [posted_back(client.get(url)) for client in clients]
    changes = {"title": "新题"}, {"department": "总务处"}
    for client, form, change in zip(clients, opened, changes, strict=True):
        assert client.post(url, form | change).status_code == 302
    notice.refresh_from_db()
    assert (notice.title, notice.department) == ("新题", "总务处")
    assert AuditEntry.objects.first().changes == {"department": ["", "总务处"]}


def test_notice_create_for_a_day_to_come_is_kept_as_a_draft_only(log_in):
    client = log_in(Role.CHAIR)
    tomorrow = timezone.localdate() + timedelta(days=1)
    response = client.post(NEW, typed(published_on=f"{tomorrow}", publish="1"))
    assert (response.status_code, Notice.objects.count()) == (422, 0)
    assert f"公开日期 {tomorrow} 还没有到，先存草稿" in text_of(response)
    assert client.post(NEW, typed(published_on=f"{tomorrow}", draft="1")).status_code == 302


def test_notice_update_refuses_what_is_public(log_in):
    url = reverse("congress:notice_update", args=[make_notice().pk])
    response = log_in(Role.CHAIR).post(url, typed())
    assert response.status_code == 422
    assert "“已公开”的内容不能直接改，先撤下，再拿回来改。" in text_of(response)


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_notice_detail_of_what_is_not_public_is_not_there_for_a_reader(log_in, state):
    assert log_in(Role.MEMBER).get(make_notice(state).get_absolute_url()).status_code == 404


def test_notice_detail_shows_the_whole_notice(log_in):
    page = text_of(
        log_in(Role.HIGHER_UNION).get(make_notice(department="总务处").get_absolute_url())
    )
    assert "上半年工会经费收支情况已经公布在公开栏。" in page
    assert "<dd>总务处</dd>" in page


@pytest.mark.parametrize("state", NoticeState.values)
@pytest.mark.parametrize("move", rules.NOTICE_MOVES)
@pytest.mark.parametrize("role", [Role.CHAIR, Role.MEMBER])
def test_the_button_of_a_step_stands_there_when_its_post_is_accepted(log_in, state, move, role):
    client, notice = log_in(role), make_notice(state)
    page = client.get(notice.get_absolute_url())
    button = f'name="move" value="{move}"' in text_of(page)
    url = reverse("congress:notice_move", args=[notice.pk])
    client.post(url, {"move": move, "reason": "说明"})
    notice.refresh_from_db()
    assert button == (notice.state != state)


def test_notice_move_with_too_long_a_reason_answers_422_with_what_was_typed(log_in):
    notice = make_notice()
    url = reverse("congress:notice_move", args=[notice.pk])
    response = log_in(Role.CHAIR).post(url, {"move": "withdraw", "reason": "错" * 201})
    notice.refresh_from_db()
    assert (response.status_code, notice.state) == (422, "published")
    assert "最多 200 字，现在有 201 字，删短一点。" in text_of(response)
    assert f"{'错' * 201}</textarea>" in text_of(response)


def test_notice_list_answers_a_search_that_is_too_long(log_in):
    response = log_in(Role.MEMBER).get(f"{LIST}&q={'王' * 61}")
    assert response.status_code == 422
    assert "最多 60 字，现在有 61 字，删短一点。" in text_of(response)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"move": "withdraw", "reason": "数字有误"}, "办好了：撤下。"),
        ({"move": "withdraw"}, "撤下要写明原因，别人才知道怎么回事。"),
        ({"move": "fly"}, "没有“fly”这一步，返回上一页重新选择。"),
    ],
)
def test_notice_move_says_what_came_of_it(log_in, data, message):
    url = reverse("congress:notice_move", args=[make_notice().pk])
    assert messages_of(log_in(Role.CHAIR).post(url, data, follow=True)) == [message]
