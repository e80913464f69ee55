"""What waits on the home page for whom."""

from collections import Counter
from datetime import date, timedelta

import pytest

from congress.home import home_part
from tests.factories.congress import make_motion, make_notice, make_session
from tests.factories.members import make_member, make_user
from unionoffice.home import DateAhead, HomePart, Todo
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
TODAY, YEAR = date(2026, 6, 18), Period.year(2026)


def todos_of(user) -> list[Todo]:
    return sorted(home_part(user, TODAY, YEAR).todos, key=lambda todo: todo.title)


def asked(user) -> list[tuple[str, str]]:
    return [(todo.title, todo.act_label) for todo in todos_of(user)]


def test_the_chair_is_asked_to_decide_and_nobody_else_is():
    make_motion("submitted", title="甲", proposer=make_member("许知行"))
    assert asked(make_user(Role.CHAIR)) == [("关于甲的提案", "审查立案")]
    assert asked(make_user(Role.MEMBER)) == []


def test_a_member_is_asked_to_second_and_to_rework():
    user = make_user(Role.MEMBER)
    make_motion("seconding", title="甲")
    make_motion("seconding", title="乙", seconders=[user.member])
    own = make_motion("returned", title="丙", proposer=user.member, decision_reason="写写多久合适")
    make_motion("returned", title="丁")
    assert asked(user) == [("关于丙的提案", "改一改"), ("关于甲的提案", "看看，附议")]
    rework = todos_of(user)[0]
    assert rework.detail == "退回修改：写写多久合适"
    assert rework.act_url == f"/congress/motions/{own.pk}/edit/"


def test_however_many_could_be_seconded_nothing_else_is_crowded_out(django_assert_num_queries):
    user = make_user(Role.CHAIR, Role.MEMBER)
    for day in range(1, 25):
        make_motion("seconding", opened_on=date(2026, 5, day))
    for _ in range(22):
        make_motion("submitted", opened_on=TODAY)
    make_motion("returned", proposer=user.member, opened_on=TODAY)
    with django_assert_num_queries(2):
        todos = home_part(user, TODAY, YEAR).todos
    words = Counter(todo.act_label for todo in todos)
    assert words == {"审查立案": 22, "改一改": 1, "看看，附议": 20}


@pytest.mark.parametrize(
    ("state", "held_on", "due"),
    [
        ("submitted", None, TODAY),
        ("submitted", TODAY + timedelta(days=5), TODAY + timedelta(days=5)),
        ("submitted", TODAY - timedelta(days=5), TODAY),
        ("seconding", None, date(2026, 6, 30)),
        ("seconding", TODAY + timedelta(days=40), TODAY + timedelta(days=40)),
    ],
)
def test_a_motion_is_due_by_its_meeting_and_never_by_a_day_nobody_set(state, held_on, due):
    session = make_session(held_on=held_on)
    make_motion(state, session=session)
    user = make_user(Role.CHAIR, Role.MEMBER)
    (todo,) = home_part(user, TODAY, YEAR).todos
    assert (todo.due, todo.late) == (due, False)


def test_the_end_of_the_time_for_objections_is_a_date_ahead():
    notice = make_notice(title="人选公示", objection_until=TODAY + timedelta(days=3))
    make_notice(objection_until=TODAY - timedelta(days=1))
    make_notice("draft", objection_until=TODAY + timedelta(days=3))
    assert home_part(make_user(Role.HIGHER_UNION), TODAY, YEAR) == HomePart(
        dates=(
            DateAhead(TODAY + timedelta(days=3), "公示到期：人选公示", notice.get_absolute_url()),
        )
    )


def test_it_takes_two_queries(django_assert_num_queries):
    for congress in (7, 8, 9):
        make_motion("seconding")
        make_motion("submitted", session=make_session(1, congress=congress))
    user = make_user(Role.CHAIR, Role.MEMBER)
    with django_assert_num_queries(2):
        home_part(user, TODAY, YEAR)
