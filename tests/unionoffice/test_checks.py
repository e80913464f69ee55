"""System checks: each mistake of a deployment has its number, and a right one has none."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from unionoffice import checks


def use_database(monkeypatch, engine: str, name: str = "office"):
    """Django warns when a test overrides DATABASES; the checks of it read nothing else."""
    database = {"ENGINE": f"django.db.backends.{engine}", "NAME": name}
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES={"default": database}))


def ids(found) -> list[str]:
    return [message.id for message in found]


@pytest.mark.parametrize(("debug", "expected"), [(True, ["unionoffice.E001"]), (False, [])])
def test_debug_must_be_off(settings, debug, expected):
    settings.DEBUG = debug
    assert ids(checks.debug_is_off(None)) == expected


@pytest.mark.parametrize(
    ("hosts", "https", "expected"),
    [
        (["127.0.0.1", "localhost", "[::1]"], False, []),
        (["127.0.0.1", "union.school.example"], False, ["unionoffice.E002"]),
        (["union.school.example"], True, []),
    ],
)
def test_an_office_that_others_reach_needs_https(settings, hosts, https, expected):
    settings.ALLOWED_HOSTS, settings.HTTPS = hosts, https
    assert ids(checks.outside_hosts_use_https(None)) == expected


def test_the_https_check_names_the_hosts(settings):
    settings.ALLOWED_HOSTS, settings.HTTPS = ["localhost", "a.example", "b.example"], False
    (error,) = checks.outside_hosts_use_https(None)
    assert error.msg == "UNION_HOSTS 里有 a.example、b.example，但没有启用 HTTPS，密码会明文传输。"


def test_a_data_directory_is_made_and_left_empty(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "new" / "data"
    assert ids(checks.data_dir_is_writable(None)) == []
    assert list(settings.DATA_DIR.iterdir()) == []


def test_a_data_directory_that_cannot_be_written_is_named(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.DATA_DIR = tmp_path / "file" / "data"
    (error,) = checks.data_dir_is_writable(None)
    assert error.id == "unionoffice.E003"
    assert error.msg.startswith(f"数据目录 {tmp_path / 'file' / 'data'} 写不进去：")


@pytest.mark.parametrize(
    ("engine", "found", "expected"),
    [
        ("postgresql", None, ["unionoffice.W004"]),
        ("postgresql", "/usr/bin/pg_dump", []),
        ("sqlite3", None, []),
    ],
)
def test_postgres_needs_pg_dump(monkeypatch, engine, found, expected):
    use_database(monkeypatch, engine)
    monkeypatch.setattr(shutil, "which", lambda name: found)
    assert ids(checks.postgres_tools_for_backup(None)) == expected


def open_to_others(directory: Path) -> str:
    file = directory / "db.sqlite3"
    file.touch()
    file.chmod(0o644)
    directory.chmod(0o755)
    return str(file)


def test_a_database_that_others_may_read_is_named(monkeypatch, tmp_path):
    name = open_to_others(tmp_path)
    use_database(monkeypatch, "sqlite3", name)
    (warning,) = checks.database_is_for_us_only(None)
    assert warning.id == "unionoffice.W006"
    assert warning.msg == f"数据库 {name} 这台机器上的其他人也能读。"
    assert warning.hint == f"处理办法：chmod 700 {tmp_path}。"


@pytest.mark.parametrize(("directory", "file"), [(0o700, 0o644), (0o755, 0o600), (0o750, 0o640)])
def test_a_database_behind_a_closed_door_is_fine(monkeypatch, tmp_path, directory, file):
    name = open_to_others(tmp_path)
    use_database(monkeypatch, "sqlite3", name)
    Path(name).chmod(file)
    tmp_path.chmod(directory)
    assert checks.database_is_for_us_only(None) == []


@pytest.mark.parametrize(
    ("engine", "name"), [("sqlite3", "/nowhere/db.sqlite3"), ("postgresql", "office")]
)
def test_a_database_that_is_no_file_yet_is_fine(monkeypatch, engine, name):
    use_database(monkeypatch, engine, name)
    assert checks.database_is_for_us_only(None) == []


def test_the_font_for_rare_names_is_looked_for(monkeypatch, tmp_path):
    monkeypatch.setattr(checks, "RARE_FONT_PLACES", (str(tmp_path),))
    assert ids(checks.font_for_rare_names(None)) == ["unionoffice.W005"]
    Path(tmp_path, "noto").mkdir()
    Path(tmp_path, "noto", "NotoSerifCJK-Regular.ttc").touch()
    assert ids(checks.font_for_rare_names(None)) == []


def test_every_message_says_what_to_do(settings, monkeypatch, tmp_path):
    settings.DEBUG, settings.ALLOWED_HOSTS, settings.HTTPS = True, ["a.example"], False
    (tmp_path / "file").touch()
    settings.DATA_DIR = tmp_path / "file" / "data"
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(checks, "RARE_FONT_PLACES", ())
    found = [
        *checks.debug_is_off(None),
        *checks.outside_hosts_use_https(None),
        *checks.data_dir_is_writable(None),
        *checks.font_for_rare_names(None),
    ]
    use_database(monkeypatch, "postgresql")
    found += checks.postgres_tools_for_backup(None)
    use_database(monkeypatch, "sqlite3", open_to_others(tmp_path))
    found += checks.database_is_for_us_only(None)
    assert [message.hint.startswith("处理办法：") for message in found] == [True] * 6
