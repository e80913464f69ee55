"""Every look at the visits leaves a trace, and no trace says who was visited or why."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.members import make_group, make_member, make_user
from tests.factories.welfare import make_visit
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
LIST = reverse("welfare:visit_list") + "?period=2026"
PREVIEW = reverse("welfare:visit_preview")


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


@pytest.fixture
def visit(office):
    return make_visit(make_member("王桂芬"), reason="急性阑尾炎", place="市第二人民医院")


def looks_of(client) -> list[str]:
    """What the user looked at, in order."""
    entries = AuditEntry.objects.filter(actor=client.user).order_by("number")
    return list(entries.values_list("act", flat=True))


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_form_of_a_visit_leaves_a_trace_however_it_is_opened(chair, visit, method):
    """An empty POST shows the stored visit as well."""
    getattr(chair, method)(reverse("welfare:visit_update", args=[visit.pk]))
    entry = AuditEntry.objects.get(act="welfare.view_visit")
    assert (entry.actor, entry.target_id) == (chair.user, str(visit.pk))


def test_an_empty_post_does_not_show_the_circumstances(chair, visit):
    response = chair.post(reverse("welfare:visit_update", args=[visit.pk]), {})
    assert response.status_code == 422
    assert "急性阑尾炎" not in response.content.decode()


def test_a_form_that_is_refused_leaves_a_trace(chair, visit):
    url = reverse("welfare:visit_update", args=[visit.pk])
    assert chair.post(url, {"q": "王桂芬", "kind": "party"}).status_code == 422
    assert "welfare.view_visit" in looks_of(chair)


def test_the_page_of_a_visit_leaves_a_trace(chair, visit):
    chair.get(visit.get_absolute_url())
    entry = AuditEntry.objects.get(act="welfare.view_visit")
    assert (entry.actor, entry.target_id) == (chair.user, str(visit.pk))


def test_a_void_without_a_reason_shows_the_visit_and_leaves_a_trace(chair, visit):
    response = chair.post(reverse("welfare:visit_void", args=[visit.pk]))
    assert "急性阑尾炎" in response.content.decode()
    assert looks_of(chair) == ["welfare.view_visit"]


def test_the_earlier_visits_to_a_member_leave_one_trace_while_the_form_is_filled(chair, visit):
    for money in ("", "400", "600"):
        chair.post(PREVIEW, {"q": "王桂芬", "money": money})
    entry = AuditEntry.objects.get(act="welfare.view_visits")
    assert entry.changes == {"filters": {"member": visit.member_id}, "rows": 1}
    assert "王桂芬" not in entry.target_name


def test_the_earlier_visits_to_each_member_leave_a_trace(chair, visit):
    make_member("许知行")
    for name in ("王桂芬", "许知行", "王桂芬"):
        chair.post(PREVIEW, {"q": name})
    assert looks_of(chair) == ["welfare.view_visits"] * 3


def test_a_preview_that_knows_nobody_yet_leaves_no_trace(chair):
    chair.post(PREVIEW, {"when": "today"})
    assert looks_of(chair) == []


def test_the_earlier_visits_leave_a_trace_on_the_next_day(log_in, chair, visit, monkeypatch):
    chair.post(PREVIEW, {"q": "王桂芬"})
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    log_in(user=chair.user).post(PREVIEW, {"q": "王桂芬"})
    assert looks_of(chair) == ["welfare.view_visits"] * 2


def test_the_list_leaves_one_trace_with_the_filters_that_were_set(chair, visit):
    chair.get(LIST + "&kind=illness&page=1&made_up=" + "x" * 5000)
    entry = AuditEntry.objects.get(act="welfare.view_visits")
    assert entry.changes == {"filters": {"period": "2026", "kind": "illness"}, "rows": 1}


def test_a_search_is_kept_without_what_was_searched(chair, visit):
    chair.get(LIST + "&q=王桂芬")
    entry = AuditEntry.objects.get(act="welfare.view_visits")
    assert entry.changes == {"filters": {"period": "2026", "q": True}, "rows": 1}


def test_a_filter_that_makes_no_sense_is_not_kept(chair, visit):
    chair.get(LIST + f"&kind=party&q={'x' * 61}")
    entry = AuditEntry.objects.get(act="welfare.view_visits")
    assert entry.changes == {"filters": {"period": "2026"}, "rows": 0}


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
def test_the_audit_list_names_nobody_who_was_visited(log_in, chair, visit, role):
    chair.get(visit.get_absolute_url())
    chair.get(LIST + "&q=王桂芬")
    chair.post(PREVIEW, {"q": "王桂芬"})
    chair.post(reverse("welfare:visit_void", args=[visit.pk]), {"reason": "记重了"})
    page = log_in(role).get(reverse("unionoffice:audit_list")).content.decode()
    assert f"慰问记录 {visit.pk}" in page
    rows = [entry for entry in AuditEntry.objects.all() if entry.act.startswith("welfare.")]
    assert len(rows) == 5
    kept = json.dumps([[row.target_name, row.changes] for row in rows], ensure_ascii=False)
    assert "王桂芬" not in kept
    assert "illness" not in kept


def test_a_group_leader_of_another_role_opens_no_visit_of_another_group(log_in, visit):
    """文体委员 see the whole roster, but no visits."""
    client = log_in(user=make_user(Role.GROUP_LEADER, Role.CULTURE, group=make_group()))
    assert client.get(visit.get_absolute_url()).status_code == 404
    assert client.get(reverse("welfare:visit_update", args=[visit.pk])).status_code == 404
    assert list(client.get(LIST).context["page"]) == []
    assert looks_of(client) == ["welfare.view_visits"]
