"""What every test may ask for."""

import pytest
from django.test import Client

from tests.factories.members import make_office, make_user
from unionoffice.roles import Role


@pytest.fixture(autouse=True)
def _plain_static_files(settings, tmp_path):
    """Tests need no collected static files."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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
