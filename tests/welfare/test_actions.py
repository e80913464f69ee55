"""Recording, changing, voiding: each leaves one trace and no illness in it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.factories.members import make_member, make_user
from tests.factories.welfare import IN_MARCH, make_visit
from unionoffice.actions import attach_files
from unionoffice.attachments import attachments_of
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.ready_files import ready_files
from unionoffice.roles import Role
from welfare import actions
from welfare.models import Visit

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 receipt"


@pytest.fixture
def chair(office):
    return make_user(Role.CHAIR)


def last_entry() -> AuditEntry:
    return AuditEntry.objects.first()


def test_record_visit_keeps_the_visitors_the_files_and_a_trace(chair):
    visitors = [make_member("周慧兰"), make_member("罗静怡")]
    visit = actions.record_visit(
        visit=Visit(member=make_member(), kind="illness", day=IN_MARCH, money=Decimal(600)),
        visitors=visitors,
        files=ready_files([("签领单.pdf", PDF)]),
        by=chair,
    )
    assert set(visit.visitors.all()) == set(visitors)
    assert visit.recorded_by == chair
    assert [file.name for file in attachments_of(visit)] == ["签领单.pdf"]
    acts = list(AuditEntry.objects.order_by("number").values_list("act", flat=True)[:9])
    assert acts[-2:] == ["welfare.record_visit", "unionoffice.attach_file"]


def test_record_visit_refuses_the_same_visit_sent_twice(chair):
    member = make_member()
    make_visit(member=member, by=chair)
    with pytest.raises(RuleBroken, match="刚才已经记下这一笔，没有再记一次。"):
        make_visit(member=member, by=chair)
    make_visit(member=member, by=chair, money=Decimal(500))
    Visit.objects.update(recorded_at=timezone.now() - timedelta(minutes=2))
    make_visit(member=member, by=chair)
    assert Visit.objects.count() == 3


def test_record_visit_refuses_a_day_to_come(chair):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(RuleBroken, match="还没有到，去过以后再记"):
        actions.record_visit(
            visit=Visit(member=make_member(), kind="illness", day=tomorrow), visitors=[], by=chair
        )


def test_update_visit_traces_old_and_new_but_not_the_circumstances(chair):
    visit = make_visit(reason="骨折")
    visit.money, visit.reason = Decimal(400), "已出院"
    visitors = list(visit.visitors.all())
    actions.update_visit(visit=visit, visitors=visitors, by=chair)
    assert last_entry().act == "welfare.update_visit"
    assert last_entry().changes == {"money": ["600.00", "400"], "reason": "改过"}


def test_update_visit_traces_changed_visitors(chair):
    visit = make_visit(visitors=[make_member("周慧兰")])
    actions.update_visit(visit=visit, visitors=[make_member("罗静怡")], by=chair)
    assert last_entry().changes == {"visitors": [["周慧兰"], ["罗静怡"]]}


def test_update_visit_without_a_change_leaves_no_trace(chair):
    visit = make_visit()
    before = AuditEntry.objects.count()
    visit = Visit.objects.get(pk=visit.pk)
    actions.update_visit(visit=visit, visitors=list(visit.visitors.all()), by=chair)
    assert AuditEntry.objects.count() == before


def test_update_visit_refuses_a_voided_one(chair):
    visit = make_visit(voided="记重了")
    with pytest.raises(RuleBroken, match="已经作废，不能再改"):
        actions.update_visit(visit=visit, visitors=[], by=chair)


def test_void_visit_keeps_the_row_and_its_reason(chair):
    visit = make_visit()
    actions.void_visit(visit=visit, reason=" 记重了 ", by=chair)
    visit.refresh_from_db()
    assert (visit.state, visit.void_reason, visit.money) == ("voided", "记重了", 600)
    assert last_entry().changes == {"reason": "记重了"}


def test_void_visit_twice_is_refused(chair):
    visit = make_visit(voided="记重了")
    with pytest.raises(RuleBroken, match="这一笔已经作废"):
        actions.void_visit(visit=visit, reason="再来", by=chair)


def test_undo_visit_takes_out_what_was_just_recorded_with_its_files(chair):
    visit = make_visit(by=chair)
    attach_files(owner=visit, files=ready_files([("签领单.pdf", PDF)]), by=chair)
    actions.note_look(visit=visit, by=make_user(Role.WELFARE))
    actions.undo_visit(visit=visit, by=chair)
    visit.refresh_from_db()
    assert (visit.state, visit.void_reason) == ("voided", "刚记就撤销")
    assert not Visit.objects.done().exists()
    assert last_entry().act == "welfare.undo_visit"
    assert last_entry().changes == {"reason": "刚记就撤销"}


def test_undo_visit_is_for_its_recorder_only(chair):
    visit = make_visit(by=chair)
    with pytest.raises(RuleBroken, match="只有记的人自己能撤销。要去掉就作废这一笔"):
        actions.undo_visit(visit=visit, by=make_user(Role.VICE_CHAIR))


def test_undo_visit_is_refused_half_an_hour_later(chair):
    visit = make_visit(by=chair)
    Visit.objects.update(recorded_at=timezone.now() - timedelta(minutes=31))
    with pytest.raises(RuleBroken, match="记下超过 30 分钟，不能撤销了。"):
        actions.undo_visit(visit=visit, by=chair)


@pytest.mark.parametrize("changer", [Role.CHAIR, Role.WELFARE])
def test_undo_visit_is_refused_once_it_was_changed(chair, changer):
    visit = make_visit(by=chair)
    by = chair if changer == Role.CHAIR else make_user(changer)
    changed = Visit.objects.get()
    changed.money = Decimal(400)
    actions.update_visit(visit=changed, visitors=list(visit.visitors.all()), by=by)
    with pytest.raises(RuleBroken, match="记下以后改过，不能撤销了。"):
        actions.undo_visit(visit=visit, by=chair)


def test_undo_visit_is_refused_once_another_added_a_file(chair):
    visit = make_visit(by=chair)
    attach_files(
        owner=visit, files=ready_files([("签领单.pdf", PDF)]), by=make_user(Role.VICE_CHAIR)
    )
    with pytest.raises(RuleBroken, match="记下以后改过，不能撤销了。"):
        actions.undo_visit(visit=visit, by=chair)


def test_undo_visit_twice_is_refused(chair):
    visit = make_visit(by=chair)
    actions.undo_visit(visit=visit, by=chair)
    with pytest.raises(RuleBroken, match="这一笔已经作废"):
        actions.undo_visit(visit=visit, by=chair)
