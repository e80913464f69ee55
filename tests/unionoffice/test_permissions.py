"""Every address × every role, generated from the list of addresses: the table is enforced."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from tests.factories.members import make_user
from unionoffice.roles import GRANTS, Role

LOGIN = "/login/"
# Whether a record is there does not matter: who may not do the act is told so before it is looked up.
ANY_VALUE = {
    "IntConverter": 1,
    "SlugConverter": "summary",
    "StringConverter": "summary",
    "UUIDConverter": UUID(int=1),
}


def addresses(resolver=None, space: str = "") -> list[tuple[str, URLPattern]]:
    """Every ("welfare:visit_list", pattern)."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            found.append((f"{space}{pattern.name}", pattern))
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found += addresses(pattern, inner)
    return found


ADDRESSES = dict(addresses())
GUARDED = [name for name, pattern in ADDRESSES.items() if pattern.callback.required_permission]


def url_of(name: str) -> str:
    converters = ADDRESSES[name].pattern.converters
    values = {key: ANY_VALUE[type(kind).__name__] for key, kind in converters.items()}
    return reverse(name, kwargs=values)


def answer(client: Client, url: str) -> int:
    """The status of a GET or, where only POST is taken, of an empty POST."""
    response = client.get(url)
    return client.post(url).status_code if response.status_code == 405 else response.status_code


@pytest.fixture
def users(office):
    """One account for each role that has nothing but this role."""
    return {role: make_user(role) for role in Role}


@pytest.mark.parametrize("name", GUARDED)
def test_an_address_is_refused_to_exactly_the_roles_without_its_permission(name, users, log_in):
    url = url_of(name)
    refused = {role for role in Role if answer(log_in(user=users[role]), url) == 403}
    assert refused == set(Role) - GRANTS[ADDRESSES[name].callback.required_permission]


@pytest.mark.parametrize("name", GUARDED)
def test_nobody_gets_past_the_login(name, office, client):
    url = url_of(name)
    for response in (client.get(url), client.post(url)):
        assert response.status_code == 302
        assert response.url.startswith(f"{LOGIN}?next=")


def test_an_account_without_any_role_is_refused_everywhere(log_in):
    nobody = log_in()
    assert {name: answer(nobody, url_of(name)) for name in GUARDED} == dict.fromkeys(GUARDED, 403)
