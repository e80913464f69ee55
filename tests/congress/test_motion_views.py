"""The pages of the motions."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from congress import rules
from congress.choices import MotionState
from congress.models import Motion
from tests.factories.congress import REASON, SUGGESTION, make_motion, make_session
from tests.factories.forms import posted_back
from tests.factories.members import make_member
from unionoffice.attachments import attachments_of
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
LIST = reverse("congress:motion_list")
NEW = reverse("congress:motion_create")
ALL = f"{LIST}?tab=all&period=2026"
FRAME = 4  # queries: session, user, roles, office


def url(name: str, motion: Motion) -> str:
    return reverse(f"congress:{name}", args=[motion.pk])


def titles_on(response) -> list[str]:
    return [motion.title for motion in response.context["page"]]


def text_of(response) -> str:
    return response.content.decode()


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def teacher(log_in):
    return log_in(Role.MEMBER)


@pytest.mark.parametrize("motions", [1, 3])
@pytest.mark.parametrize("tab", ["to_decide", "asking", "all"])
def test_motion_list_query_count_is_flat(log_in, django_assert_num_queries, tab, motions):
    session = make_session()
    for _ in range(motions):
        make_motion("submitted", session=session, seconders=[make_member()])
        make_motion("seconding", session=session, seconders=[make_member()])
    client = log_in(Role.CHAIR, Role.MEMBER)
    filters = 1 if tab == "all" else 0  # the sessions to choose from
    with django_assert_num_queries(FRAME + 4 + filters):  # tabs, count, rows, rule
        client.get(f"{LIST}?tab={tab}" + "&period=2026" * filters)


@pytest.mark.parametrize(
    ("roles", "motions", "tab"),
    [
        ([Role.CHAIR, Role.MEMBER], ["submitted", "seconding"], "to_decide"),
        ([Role.MEMBER], ["submitted", "seconding"], "asking"),
        ([Role.MEMBER], ["submitted"], "all"),
        ([Role.CHAIR], [], "all"),
    ],
)
def test_motion_list_opens_where_there_is_something_to_do(log_in, roles, motions, tab):
    for state in motions:
        make_motion(state)
    assert log_in(*roles).get(LIST).context["tab"] == tab


def test_motion_list_of_one_user_under_each_tab(log_in):
    client = log_in(Role.CHAIR, Role.MEMBER)
    make_motion("submitted", title="甲")
    make_motion("seconding", title="乙")
    make_motion("draft", title="丙", proposer=client.user.member)
    make_motion("filed", title="丁")
    make_motion("draft", title="戊")
    tabs = {
        tab: set(titles_on(client.get(f"{LIST}?tab={tab}")))
        for tab in ("to_decide", "asking", "own", "all&period=2026")
    }
    assert tabs == {
        "to_decide": {"甲"},
        "asking": {"乙"},
        "own": {"丙"},
        "all&period=2026": {"甲", "丁"},
    }


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("&state=filed", ["甲"]),
        ("&category=teaching", ["乙"]),
        ("&q=关于乙的提案", ["乙"]),
        ("&q=孙玉", ["丙"]),
    ],
)
def test_motion_list_narrows(teacher, query, titles):
    make_motion("filed", title="甲")
    make_motion("submitted", title="乙", category="teaching")
    make_motion("submitted", title="丙", proposer=make_member("孙玉梅"))
    assert titles_on(teacher.get(ALL + query)) == titles


def test_motion_list_narrows_to_a_session(teacher):
    session = make_session(2)
    make_motion("filed", title="甲", session=session)
    make_motion("filed", title="乙")
    assert titles_on(teacher.get(f"{ALL}&session={session.pk}")) == ["甲"]


def test_motion_list_answers_a_filter_that_makes_no_sense(teacher):
    make_motion("filed")
    response = teacher.get(f"{LIST}?tab=all&period=去年")
    assert response.status_code == 422
    assert "看不懂期间“去年”" in text_of(response)
    assert titles_on(response) == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("state=zzz", "没有这样的状态，重新选一个。"),
        ("category=zzz", "没有这样的类别，重新选一个。"),
        ("session=zzz", "没有这样的届次，重新选一个。"),
    ],
)
def test_motion_list_answers_nonsense_with_its_filters_and_a_way_back(teacher, query, sentence):
    make_motion("filed")
    response = teacher.get(f"{ALL}&{query}")
    page = text_of(response)
    assert response.status_code == 422
    assert sentence in page
    assert '<a class="btn btn-primary" href="?tab=all">看今年的提案</a>' in page
    assert "<h1>提案</h1>" in page
    assert 'name="state"' in page
    assert titles_on(response) == []


def test_the_other_tabs_of_the_list_say_that_they_take_no_filters(teacher):
    make_motion("seconding", title="甲")
    assert titles_on(teacher.get(f"{LIST}?tab=asking")) == ["甲"]
    response = teacher.get(f"{LIST}?tab=asking&state=filed")
    assert (response.status_code, titles_on(response)) == (422, [])
    assert "这一页没有“state”这个条件，用上面的筛选来选。" in text_of(response)


def test_a_tab_that_is_none_is_said(teacher):
    make_motion("filed", title="甲")
    response = teacher.get(f"{LIST}?tab=zzz")
    assert (response.status_code, titles_on(response)) == (422, [])
    assert "没有这一页，从上面的几页里选。" in text_of(response)


def test_whoever_searches_under_all_stays_there(log_in):
    client = log_in(Role.CHAIR, Role.MEMBER)
    make_motion("submitted", title="等审查的")
    page = client.get(f"{LIST}?tab=all&period=2026").content.decode()
    assert re.findall(r'name="tab" [^>]*value="(\w+)"', page) == ["all"]


def test_motion_list_answers_a_search_that_is_too_long(teacher):
    make_motion("filed")
    response = teacher.get(f"{ALL}&q={'王' * 61}")
    assert response.status_code == 422
    assert "最多 60 字，现在有 61 字，删短一点。" in text_of(response)
    assert titles_on(response) == []


def typed(**data) -> dict:
    return {
        "title": "设母婴室",
        "category": "livelihood",
        "reason": REASON,
        "suggestion": SUGGESTION,
    } | data


def test_motion_create_offers_the_session_that_comes(teacher):
    make_session(1, held_on=None)
    assert teacher.get(NEW).context["form"]["session"].value() == make_session(1, 9).pk - 1


def test_motion_create_keeps_a_draft(teacher):
    response = teacher.post(NEW, typed(reason="", draft="1"), follow=True)
    motion = Motion.objects.get()
    assert (motion.state, motion.proposer) == ("draft", teacher.user.member)
    assert messages_of(response) == ["草稿存好了，想好再提交。"]


def test_motion_create_hands_in(teacher):
    response = teacher.post(NEW, typed(hand_in="1"), follow=True)
    assert Motion.objects.get().state == "seconding"
    assert messages_of(response) == ["提交了，等同事附议。"]


def test_motion_create_that_is_too_thin_answers_422_with_what_was_typed(teacher):
    response = teacher.post(NEW, typed(suggestion="快办", hand_in="1"))
    assert response.status_code == 422
    page = text_of(response)
    assert "建议再写 13 个字就够了，可以写写由谁办、怎么办。" in page
    assert "快办</textarea>" in page
    assert Motion.objects.count() == 0


def test_motion_create_with_a_file_of_no_known_kind_saves_nothing(teacher):
    bad = SimpleUploadedFile("程序.exe", b"MZ\x00\x01")
    response = teacher.post(NEW, typed(files=bad))
    assert response.status_code == 422
    assert response.context["form"].errors["files"][0].startswith("“程序.exe”是一个程序")
    assert "<h1>写提案</h1>" in text_of(response)
    assert Motion.objects.count() == 0


def test_motion_update_changes_the_own_draft_and_adds_a_file(teacher):
    motion = make_motion(proposer=teacher.user.member)
    table = SimpleUploadedFile("实测.pdf", b"%PDF-1.4")
    teacher.post(url("motion_update", motion), typed(title="设哺乳室", files=table))
    motion.refresh_from_db()
    assert motion.title == "设哺乳室"
    assert [file.name for file in attachments_of(motion)] == ["实测.pdf"]


def test_two_forms_of_a_motion_keep_both_changes(teacher):
    motion = make_motion(proposer=teacher.user.member, title="旧题")
    opened = posted_back(teacher.get(url("motion_update", motion)))
    for change in ({"title": "新题"}, {"suggestion": f"{SUGGESTION}\r\n另外公示水质。"}):
        assert teacher.post(url("motion_update", motion), opened | change).status_code == 302
    motion.refresh_from_db()
    assert (motion.title, motion.reason) == ("新题", REASON)
    assert motion.suggestion == f"{SUGGESTION}\r\n另外公示水质。"
    assert list(AuditEntry.objects.first().changes) == ["suggestion"]


def test_motion_update_sent_empty_comes_back_with_its_errors(teacher):
    motion = make_motion(proposer=teacher.user.member)
    response = teacher.post(url("motion_update", motion), {})
    assert response.status_code == 422
    assert "案名是空的，写上这件提案说的是什么事。" in text_of(response)


def test_motion_update_is_not_there_for_others(teacher):
    assert teacher.get(url("motion_update", make_motion("seconding"))).status_code == 404


def test_motion_update_is_refused_once_colleagues_read_it(teacher):
    motion = make_motion("seconding", proposer=teacher.user.member)
    response = teacher.post(url("motion_update", motion), typed())
    assert response.status_code == 422
    assert "“等人附议”的提案不能改内容，等人附议的可以先“拿回来改”。" in text_of(response)


def test_motion_update_hands_in_again_with_its_seconders(teacher):
    motion = make_motion(
        "returned", proposer=teacher.user.member, seconders=[make_member(), make_member()]
    )
    same = {name: getattr(motion, name) for name in ("title", "category", "reason", "suggestion")}
    response = teacher.post(url("motion_update", motion), same | {"hand_in": "1"}, follow=True)
    assert messages_of(response) == ["提交了，附议已经够数，送去审查。"]


@pytest.mark.parametrize("seconders", [1, 3])
def test_motion_detail_query_count_is_flat(teacher, django_assert_num_queries, seconders):
    motion = make_motion("seconding", seconders=[make_member() for _ in range(seconders)])
    with django_assert_num_queries(FRAME + 5):  # motion, rule, seconders, files, log
        teacher.get(motion.get_absolute_url())


def test_motion_detail_of_a_draft_of_another_is_not_there(teacher):
    assert teacher.get(make_motion().get_absolute_url()).status_code == 404


def test_motion_detail_tells_what_happened(log_in, teacher):
    teacher.post(NEW, typed(hand_in="1"))
    motion = Motion.objects.get()
    seconders = [log_in(Role.MEMBER) for _ in range(2)]
    for client in seconders:
        client.post(url("motion_second", motion))
    chair = log_in(Role.CHAIR)
    chair.post(url("motion_move", motion), {"move": "return", "reason": "写写多久合适"})
    log = teacher.get(motion.get_absolute_url()).context["log"]
    first, second = (str(client.user) for client in seconders)
    assert [line.text for line in log] == [
        f"{chair.user}退回提案：写写多久合适",
        "附议够了，送审查",
        f"{second}附议",
        f"{first}附议",
        f"{teacher.user}提交提案，请人附议",
        f"{teacher.user}起草提案",
    ]
    assert [line.key for line in log] == [True, True, False, False, False, False]


def test_motion_detail_says_the_day_of_the_school_on_which_it_was_drafted(teacher):
    motion = make_motion(proposer=teacher.user.member)
    late_in_the_evening_of_may_in_utc = datetime(2019, 5, 31, 17, tzinfo=UTC)
    Motion.objects.update(drafted_at=late_in_the_evening_of_may_in_utc)
    steps = teacher.get(motion.get_absolute_url()).context["steps"]
    assert steps[0].note == "2019年6月1日"


def test_a_day_of_this_year_stands_there_without_it(teacher):
    motion = make_motion(proposer=teacher.user.member)
    steps = teacher.get(motion.get_absolute_url()).context["steps"]
    today = timezone.localdate()
    assert steps[0].note == f"{today.month}月{today.day}日"


@pytest.mark.parametrize(
    ("state", "glyphs"),
    [
        ("draft", ["doing", "plan", "plan", "plan"]),
        ("seconding", ["done", "doing", "plan", "plan"]),
        ("submitted", ["done", "done", "doing", "plan"]),
        ("returned", ["done", "done", "late", "plan"]),
        ("filed", ["done", "done", "done", "done"]),
        ("to_suggestion", ["done", "done", "done", "off"]),
        ("rejected", ["done", "done", "done", "off"]),
        ("withdrawn", ["off", "plan", "plan", "plan"]),
    ],
)
def test_motion_detail_shows_where_the_motion_stands(teacher, state, glyphs):
    motion = make_motion(state, proposer=teacher.user.member)
    steps = teacher.get(motion.get_absolute_url()).context["steps"]
    assert [step.glyph for step in steps] == glyphs


def test_motion_second_hands_in_with_the_last_one_needed(teacher):
    motion = make_motion("seconding", seconders=[make_member()])
    response = teacher.post(url("motion_second", motion), follow=True)
    motion.refresh_from_db()
    assert motion.state == "submitted"
    assert messages_of(response) == ["附议了，谢谢您支持。"]


def test_motion_second_twice_is_answered(teacher):
    motion = make_motion("seconding", seconders=[teacher.user.member])
    response = teacher.post(url("motion_second", motion), follow=True)
    assert messages_of(response) == ["您已经附议过这件提案了。"]


def test_motion_unsecond_takes_the_own_word_back(teacher):
    motion = make_motion("seconding", seconders=[teacher.user.member])
    response = teacher.post(url("motion_unsecond", motion), follow=True)
    assert motion.secondings.count() == 0
    assert messages_of(response) == ["附议撤回了。"]


@pytest.mark.parametrize("name", ["motion_second", "motion_unsecond", "motion_move"])
def test_acts_on_motions_are_no_gets_and_not_for_hidden_ones(teacher, name):
    assert teacher.get(url(name, make_motion("seconding"))).status_code == 405
    assert teacher.post(url(name, make_motion())).status_code == 404


@pytest.mark.parametrize("state", MotionState.values)
@pytest.mark.parametrize("move", rules.MOVES)
@pytest.mark.parametrize(
    ("roles", "own"),
    [([Role.CHAIR], False), ([Role.MEMBER], True), ([Role.MEMBER], False)],
)
def test_the_button_of_a_step_stands_there_when_its_post_is_accepted(
    log_in, state, move, roles, own
):
    client = log_in(*roles)
    values = {"proposer": client.user.member} if own else {}
    motion = make_motion(state, **values)
    page = client.get(motion.get_absolute_url())
    button = f'name="move" value="{move}"' in text_of(page)
    client.post(url("motion_move", motion), {"move": move, "reason": "说明"})
    motion.refresh_from_db()
    assert button == (motion.state != state)


@pytest.mark.parametrize("state", MotionState.values)
@pytest.mark.parametrize("own", [True, False])
def test_the_button_to_second_stands_there_when_its_post_is_accepted(log_in, state, own):
    client = log_in(Role.MEMBER)
    values = {"proposer": client.user.member} if own else {}
    motion = make_motion(state, **values)
    page = client.get(motion.get_absolute_url())
    button = f'action="{url("motion_second", motion)}"' in text_of(page)
    client.post(url("motion_second", motion))
    assert button == motion.secondings.filter(member=client.user.member).exists()


def test_motion_move_without_the_reason_it_takes_is_refused(log_in):
    motion = make_motion("submitted")
    response = log_in(Role.CHAIR).post(
        url("motion_move", motion), {"move": "reject", "reason": " "}, follow=True
    )
    assert messages_of(response) == ["不予立案要写明原因，别人才知道怎么回事。"]


def test_motion_move_with_too_long_a_reason_answers_422_with_what_was_typed(log_in):
    motion = make_motion("submitted")
    client = log_in(Role.CHAIR)
    response = client.post(url("motion_move", motion), {"move": "reject", "reason": "不" * 201})
    motion.refresh_from_db()
    assert (response.status_code, motion.state) == (422, "submitted")
    page = text_of(response)
    assert "最多 200 字，现在有 201 字，删短一点。" in page
    assert f"{'不' * 201}</textarea>" in page
    assert page.count("<details open>") == 1


def test_motion_move_says_what_was_done(log_in):
    motion = make_motion("submitted")
    response = log_in(Role.CHAIR).post(url("motion_move", motion), {"move": "file"}, follow=True)
    assert messages_of(response) == ["办好了：立案。"]


def test_motion_move_to_nowhere_is_answered(log_in):
    response = log_in(Role.CHAIR).post(
        url("motion_move", make_motion("submitted")), {"move": "fly"}, follow=True
    )
    assert messages_of(response) == ["没有“fly”这一步，返回上一页重新选择。"]
