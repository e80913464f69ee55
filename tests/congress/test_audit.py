"""What the audit list says of motions: the title of a draft is for its author."""

import pytest
from django.urls import reverse

from congress import actions
from congress.models import Motion
from tests.factories.congress import REASON, SUGGESTION
from tests.factories.members import make_user
from unionoffice.audit import first_broken
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
LIST = reverse("unionoffice:audit_list")
TITLE = "关于示例要紧事的提案"


@pytest.fixture
def author(office):
    return make_user(Role.MEMBER)


@pytest.fixture
def draft(author):
    texts = {"category": "campus", "reason": REASON, "suggestion": SUGGESTION}
    return actions.add_motion(motion=Motion(title="示例要紧事", **texts), by=author)


def page_for(log_in, *roles) -> str:
    return log_in(*roles).get(LIST).content.decode()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.CHAIR])
def test_a_draft_is_not_named(log_in, role, draft):
    page = page_for(log_in, role)
    assert '<td class="p1">提案（草稿）</td>' in page
    assert TITLE not in page


def test_what_was_withdrawn_before_anyone_saw_it_is_not_named(log_in, author, draft):
    actions.move_motion(motion=draft, move="withdraw", by=author, reason="想错了")
    page = page_for(log_in, Role.ADMIN)
    assert page.count("提案（草稿）") == 2
    assert TITLE not in page


def test_what_was_taken_back_to_be_changed_is_not_named(log_in, author, draft):
    actions.move_motion(motion=draft, move="submit", by=author)
    actions.move_motion(motion=draft, move="retract", by=author)
    assert TITLE not in page_for(log_in, Role.ADMIN)


def test_what_colleagues_may_read_is_named(log_in, author, draft):
    actions.move_motion(motion=draft, move="submit", by=author)
    page = page_for(log_in, Role.ADMIN)
    assert page.count(f'<td class="p1">{TITLE}</td>') == 2
    assert "提案（草稿）" not in page


def test_the_author_reads_the_own_title(log_in, draft):
    author = make_user(Role.CHAIR, Role.MEMBER)
    texts = {"category": "campus", "reason": REASON, "suggestion": SUGGESTION}
    actions.add_motion(motion=Motion(title="自己的事", **texts), by=author)
    page = log_in(user=author).get(LIST).content.decode()
    assert "关于自己的事的提案" in page
    assert TITLE not in page


def test_the_chain_keeps_the_name_and_stays_whole(log_in, draft):
    page_for(log_in, Role.ADMIN)
    assert first_broken() is None


@pytest.mark.parametrize("drafts", [1, 3])
def test_the_audit_list_takes_as_many_queries_however_many_drafts(
    log_in, author, drafts, django_assert_num_queries
):
    for number in range(drafts):
        actions.add_motion(motion=Motion(title=f"示例{number}", category="campus"), by=author)
    client = log_in(Role.ADMIN)
    with django_assert_num_queries(4 + 3):  # the frame; count, entries, motions
        client.get(LIST)
