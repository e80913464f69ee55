"""What every test may ask for."""

import hypothesis
import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.factories.members import make_office, make_user
from unionoffice.roles import Role

# the same examples in every run: a red run can be repeated
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def _quick_settings(tmp_path_factory):
    """Tests need no collected static files and no slow password hashes."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={**settings.STORAGES, "staticfiles": static},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.DATA_DIR = tmp_path


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def log_in(office):
    """log_in(Role.CHAIR, Role.MEMBER) -> a client whose user has exactly these roles."""

    def as_roles(*roles: Role, user=None) -> Client:
        client = Client()
        client.user = user or make_user(*roles)
        client.force_login(client.user, backend="members.backends.RoleBackend")
        return client

    return as_roles
