"""The audit chain notices whatever is done to it."""

import pytest

from tests.factories.members import make_group, make_user
from unionoffice.audit import first_broken, record
from unionoffice.models import AuditEntry
from unionoffice.roles import Role


@pytest.fixture
def chain(office):
    user = make_user(Role.CHAIR)
    return [
        record(user, "members.add_group", make_group(name)) for name in ("甲组", "乙组", "丙组")
    ]


def test_an_untouched_chain_has_no_broken_entry(chain):
    assert first_broken() is None


def test_a_changed_entry_is_named(chain):
    AuditEntry.objects.filter(number=2).update(target_name="丁组")
    assert first_broken() == "第 2 条操作记录（members.add_group，丁组）被改动过。"


def test_a_missing_entry_in_the_middle_is_named(chain):
    AuditEntry.objects.filter(number=2).delete()
    assert first_broken() == "第 2 条操作记录不见了。"


def test_a_missing_last_entry_is_noticed(chain):
    AuditEntry.objects.filter(number=3).delete()
    assert first_broken() == "第 2 条之后的操作记录不见了，应有 3 条。"


def test_an_entry_can_be_neither_saved_again_nor_deleted(chain):
    with pytest.raises(TypeError, match="只增不改"):
        chain[0].save()
    with pytest.raises(TypeError, match="不能删除"):
        chain[0].delete()
