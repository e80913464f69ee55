"""Forms: drafts may be thin, what is handed in may not."""

import pytest

from congress.forms import (
    CongressForm,
    MotionFilter,
    MotionForm,
    NoticeForm,
    SecondingRuleForm,
    SessionForm,
)
from congress.models import Congress, Session
from tests.factories.congress import IN_JUNE, REASON, SUGGESTION, make_session

pytestmark = pytest.mark.django_db


def motion_form(hand_in=False, **data) -> MotionForm:
    typed = {"title": "设母婴室", "category": "livelihood", "reason": REASON}
    typed |= {"suggestion": SUGGESTION} | data
    return MotionForm(typed, sessions=Session.objects.all(), hand_in=hand_in)


def test_a_draft_needs_only_its_title_and_category():
    assert motion_form(reason="", suggestion="").errors == {}


def test_handing_in_says_what_is_missing_at_each_field():
    assert motion_form(hand_in=True, reason="挤", suggestion="").errors == {
        "reason": ["理由再写 29 个字就够了，可以写写现在怎样、影响了谁。"],
        "suggestion": ["建议再写 15 个字就够了，可以写写由谁办、怎么办。"],
    }


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"title": ""}, {"title": ["案名是空的，写上这件提案说的是什么事。"]}),
        ({"category": ""}, {"category": ["选一个类别。"]}),
    ],
)
def test_what_is_missing_in_any_motion_is_said_once(data, errors):
    assert motion_form(hand_in=True, **data).errors == errors


@pytest.mark.parametrize(
    ("typed", "title"),
    [("关于设母婴室的提案", "设母婴室"), (" 设母婴室 ", "设母婴室"), ("关于", "关于")],
)
def test_a_title_typed_whole_is_not_doubled(typed, title):
    form = motion_form(title=typed)
    assert form.is_valid()
    assert form.instance.title == title


def test_a_congress_is_set_once():
    Congress.objects.create(number=8, start=IN_JUNE)
    form = CongressForm({"number": 8, "start": "2026-06-02"})
    assert form.errors == {"number": ["这一届已经设过了，直接往下加次。"]}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"number": 100, "start": "2026-06-02"}, "届数写 1 到 99。"),
        (
            {"number": 3, "start": "2026-06-02", "end": "2026-06-01"},
            "届满的日期早于开始的日期，对调一下。",
        ),
    ],
)
def test_a_congress_that_can_not_be_is_refused(data, sentence):
    assert CongressForm(data).errors == {"__all__": [sentence]}


def test_a_session_of_a_congress_is_set_once():
    session = make_session(2)
    form = SessionForm({"congress": session.congress_id, "number": 2})
    assert form.errors == {"__all__": ["这一届的这一次已经有了，换一个次数。"]}


def test_a_rule_says_how_many_in_reason():
    form = SecondingRuleForm(
        {"seconders": 0, "effective_from": "2026-01-01", "source": "本校提案办法"}
    )
    assert form.errors == {"__all__": ["附议人数写 1 到 50。"]}


def test_a_notice_can_not_hear_objections_before_it_is_public():
    form = NoticeForm(
        {
            "title": "人选公示",
            "category": "personnel",
            "body": "见附件",
            "way": "board",
            "timing": "at_once",
            "published_on": "2026-06-02",
            "objection_until": "2026-06-01",
        }
    )
    assert form.errors == {"__all__": ["公示到的日期早于公开的日期，改成之后的一天。"]}


def test_the_filter_offers_only_states_of_motions_that_were_handed_in():
    choices = MotionFilter(sessions=Session.objects.all()).fields["state"].choices
    assert [value for value, _ in choices] == [
        "",
        "submitted",
        "filed",
        "returned",
        "to_suggestion",
        "rejected",
        "withdrawn",
    ]


@pytest.mark.parametrize(
    ("form", "errors"),
    [
        (CongressForm, {"number": "第几届是空的，填上。", "start": "开始是空的，填上。"}),
        (SessionForm, {"congress": "哪一届还没有选，选一个。", "number": "第几次是空的，填上。"}),
        (
            SecondingRuleForm,
            {
                "seconders": "几人附议是空的，填上。",
                "effective_from": "从哪天起是空的，填上。",
                "source": "依据是空的，填上。",
            },
        ),
        (
            NoticeForm,
            {
                "title": "标题是空的，写上公开的是什么事。",
                "category": "选一个类目。",
                "body": "内容是空的，写上要让大家知道的。",
                "way": "公开形式还没有选，选一个。",
                "timing": "公开时限还没有选，选一个。",
                "published_on": "公开日期是空的，填上。",
            },
        ),
    ],
)
def test_a_form_without_anything_says_so_at_each_field(form, errors):
    assert form({}).errors == {name: [sentence] for name, sentence in errors.items()}


@pytest.mark.parametrize(
    ("form", "data", "sentence"),
    [
        (CongressForm, {"number": "八"}, "写数字，第八届写 8。"),
        (CongressForm, {"number": "-1"}, "届数写 1 到 99。"),
        (SessionForm, {"number": "-2"}, "次数写 1 到 99。"),
        (SecondingRuleForm, {"seconders": "两人"}, "写数字，两人写 2。"),
        (CongressForm, {"start": "去年"}, "没有这一天，写成 2026-03-08 这样。"),
        (SessionForm, {"held_on": "2026-02-30"}, "没有这一天，写成 2026-03-08 这样。"),
        (NoticeForm, {"objection_until": "月底"}, "没有这一天，写成 2026-03-08 这样。"),
        (NoticeForm, {"title": "长" * 81}, "最多 80 字，现在有 81 字，删短一点。"),
        (NoticeForm, {"way": "smoke"}, "公开形式里没有这一项，重新选一个。"),
        (SessionForm, {"congress": "999"}, "哪一届里没有这一项，重新选一个。"),
    ],
)
def test_a_value_that_makes_no_sense_is_answered_in_words(form, data, sentence):
    (name,) = data
    assert form(data).errors[name] == [sentence]
