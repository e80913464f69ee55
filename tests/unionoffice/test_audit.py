"""The audit chain notices whatever is done to it."""

from decimal import Decimal

import pytest
from django.db import connection

from tests.factories.members import make_group, make_user
from unionoffice.audit import ChainEnd, chain_end, departed_from, first_broken, record
from unionoffice.models import AuditEntry
from unionoffice.roles import Role


@pytest.fixture
def chain(office):
    user = make_user(Role.CHAIR)
    return [
        record(user, "members.add_group", make_group(name)) for name in ("甲组", "乙组", "丙组")
    ]


def tamper(statement: str) -> None:
    """As someone does it who reaches the database: the program itself refuses to."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_untouched_chain_has_no_broken_entry(chain):
    assert first_broken() is None


def test_a_changed_entry_is_named(chain):
    tamper("UPDATE unionoffice_auditentry SET target_name = '丁组' WHERE number = 2")
    assert first_broken() == "第 2 条操作记录（members.add_group，丁组）被改动过。"


def test_a_missing_entry_in_the_middle_is_named(chain):
    tamper("DELETE FROM unionoffice_auditentry WHERE number = 2")
    assert first_broken() == "第 2 条操作记录不见了。"


def test_a_missing_last_entry_is_noticed(chain):
    tamper("DELETE FROM unionoffice_auditentry WHERE number = 3")
    assert first_broken() == "第 2 条之后的操作记录不见了，应有 3 条。"


@pytest.mark.parametrize(
    ("statement", "count"),
    [
        ("DELETE FROM unionoffice_audithead", 0),
        ("UPDATE unionoffice_audithead SET count = 2", 2),
    ],
)
def test_a_head_that_does_not_know_of_all_entries_is_noticed(chain, statement, count):
    tamper(statement)
    assert first_broken() == (
        f"操作记录有 3 条，记着总数的那一行却写着 {count} 条，它被改动或删除过。"
    )


def test_a_chain_written_anew_is_noticed_by_who_kept_its_former_end(chain):
    end = chain_end()
    assert (end, departed_from(end)) == (ChainEnd(3, chain[2].hash), None)
    tamper("DELETE FROM unionoffice_auditentry")
    tamper("DELETE FROM unionoffice_audithead")
    for group in ("甲组改", "乙组改", "丙组改"):
        record(None, "members.add_group", make_group(group))
    assert first_broken() is None
    assert departed_from(end) == "第 3 条操作记录和备份时记下的不一样，操作记录被换过。"


@pytest.mark.parametrize(
    "change",
    [
        lambda: AuditEntry.objects.get(number=1).save(),
        lambda: AuditEntry.objects.get(number=1).delete(),
        lambda: AuditEntry.objects.filter(number=1).update(target_name="丁组"),
        lambda: AuditEntry.objects.bulk_update([], ["target_name"]),
        lambda: AuditEntry.objects.all().delete(),
        lambda: AuditEntry.objects.first().actor.audit_entries.all().delete(),
    ],
)
def test_the_program_can_neither_change_nor_delete_an_entry(chain, change):
    with pytest.raises(TypeError, match="操作记录只增不改，也不能删除。"):
        change()
    assert first_broken() is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (0.1, "0.1"),
        (1e22, "1e+22"),
        (-0.0, "-0.0"),
        (float("nan"), "NaN"),
        (Decimal("600.50"), "600.50"),
        (10**30, 10**30),
        ("\ud800病\0", "?病"),
        ({"\udfff": [1.50, None, True]}, {"?": ["1.5", None, True]}),
    ],
)
def test_what_was_recorded_comes_back_as_it_was_hashed(office, given, kept):
    record(None, "members.add_group", make_group("甲组"), value=given)
    assert AuditEntry.objects.get().changes == {"value": kept}
    assert first_broken() is None
