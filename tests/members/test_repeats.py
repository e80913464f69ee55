"""Without the script a button can be pressed twice: what arrives twice is there once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members import actions
from members.models import Election, Message, Regulation
from tests.factories.members import make_member, make_user
from tests.factories.terms import make_term
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.repeats import REPEAT_WITHIN
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
DAY = timezone.localdate()


@pytest.fixture
def chair():
    return make_user(Role.CHAIR)


@pytest.fixture
def later(monkeypatch):
    """The clock a minute on."""

    def turned():
        now = timezone.now() + REPEAT_WITHIN + timedelta(seconds=1)
        monkeypatch.setattr(timezone, "now", lambda: now)

    return turned


def regulation(by, **values):
    row = Regulation(title="经费使用办法", start=DAY, text="第一条", **values)
    return actions.add_regulation(regulation=row, by=by)


def election(by, term, **values):
    row = Election(term=term, kind="by_election", day=DAY, **values)
    return actions.add_election(election=row, by=by)


def refused(make, *args, **values) -> str:
    with pytest.raises(RuleBroken) as refusal:
        make(*args, **values)
    return str(refusal.value)


def test_the_same_regulation_twice_is_one(chair, later):
    regulation(chair)
    assert refused(regulation, chair) == (
        "刚才已经有了同样的一项制度，没有再存一次。真要两个一样的，过一分钟再存。"
    )
    regulation(chair, document_number="校工〔2026〕1号")
    regulation(make_user(Role.VICE_CHAIR))
    assert Regulation.objects.count() == 3
    later()
    regulation(chair)
    assert Regulation.objects.count() == 4


def test_the_same_draft_of_an_election_twice_is_one(chair, later):
    term = make_term(start=DAY - timedelta(days=300))
    election(chair, term)
    assert "刚才已经有了同样的一份选举草稿，" in refused(election, chair, term)
    second = election(chair, term, note="第二轮")
    actions.drop_election(election=second, by=chair)
    election(chair, term, note="第二轮")
    later()
    election(chair, term)
    assert Election.objects.count() == 3


def test_the_same_message_to_the_same_people_is_sent_once(chair, later):
    first, second = make_member(), make_member()
    actions.send_message(text="开会", members=[first, second], by=chair)
    values = {"text": "开会", "members": [second, first], "by": chair}
    assert "刚才已经有了同样的一条通知，" in refused(actions.send_message, **values)
    actions.send_message(text="开会", members=[first], by=chair)
    actions.send_message(text="开会了", members=[first, second], by=chair)
    later()
    actions.send_message(**values)
    assert Message.objects.count() == 4


def test_what_was_sent_twice_is_said_in_the_form(log_in):
    data = {"title": "经费使用办法", "start": DAY, "text": "第一条"}
    client = log_in(Role.CHAIR)
    assert client.post("/organisation/regulations/new/", data).status_code == 302
    page = client.post("/organisation/regulations/new/", data)
    assert page.status_code == 422
    assert "没有再存一次" in page.content.decode()
    assert AuditEntry.objects.filter(act="members.add_regulation").count() == 1
