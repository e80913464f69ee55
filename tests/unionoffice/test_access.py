"""@allow and @public: a view says which permission it takes."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from unionoffice.access import allow, public
from unionoffice.roles import GRANTS, PERMISSIONS, ROLE_LABELS, Role, permissions_of, role_words


class Visitor:
    def __init__(self, *permissions):
        self.permissions = permissions

    def has_perm(self, permission):
        return permission in self.permissions


def page(request, pk=None):
    return HttpResponse(f"page {pk}")


def test_a_view_lets_in_who_has_the_permission(rf):
    request = rf.get("/")
    request.user = Visitor("welfare.record_visit")
    assert allow("welfare.record_visit")(page)(request, pk=3).content == b"page 3"


def test_a_view_keeps_out_who_has_another_permission(rf):
    request = rf.get("/")
    request.user = Visitor("welfare.view_visits")
    with pytest.raises(PermissionDenied, match=r"^welfare\.record_visit$"):
        allow("welfare.record_visit")(page)(request)


def test_a_misspelled_permission_does_not_start():
    with pytest.raises(ValueError, match="recrod_visit is not in"):
        allow("welfare.recrod_visit")


def test_a_view_keeps_its_name_and_tells_its_permission():
    view = allow("welfare.record_visit")(page)
    assert (view.__name__, view.required_permission) == ("page", "welfare.record_visit")


def test_a_public_view_needs_no_login_and_no_permission():
    view = public(page)
    assert (view.login_required, view.required_permission) == (False, None)


def test_every_role_has_a_word():
    assert set(ROLE_LABELS) == set(Role)


def test_every_permission_is_held_by_someone_and_described():
    assert [name for name, (words, holders) in PERMISSIONS.items() if not (words and holders)] == []


def test_permissions_of_several_roles_are_those_of_each():
    both = permissions_of(frozenset({Role.WELFARE, Role.MEMBER}))
    assert both == permissions_of(frozenset({Role.WELFARE})) | permissions_of(
        frozenset({Role.MEMBER})
    )
    assert permissions_of(frozenset()) == frozenset()


@pytest.mark.parametrize("role", Role)
def test_a_role_has_exactly_the_permissions_whose_row_names_it(role):
    named = {name for name, holders in GRANTS.items() if role in holders}
    assert permissions_of(frozenset({role})) == named


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        (set(), "未入会"),
        ({Role.MEMBER}, "会员"),
        ({Role.MEMBER, Role.WELFARE, Role.CHAIR}, "工会主席、福利委员"),
    ],
)
def test_the_words_under_a_name_leave_out_the_plain_membership(roles, words):
    assert role_words(frozenset(roles)) == words
