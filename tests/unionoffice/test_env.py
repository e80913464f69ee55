"""Settings from the environment: what is read, and the sentence for what can't be."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from unionoffice import env

NAME = "UNION_TEST_VALUE"


@pytest.fixture
def value(monkeypatch):
    return lambda text: monkeypatch.setenv(NAME, text)


@pytest.mark.parametrize(("text", "expected"), [("True", True), (" False ", False)])
def test_boolean_reads_the_two_words(value, text, expected):
    value(text)
    assert env.boolean(NAME, default=not expected) is expected


@pytest.mark.parametrize("default", [True, False])
def test_boolean_takes_the_default_when_nothing_is_set(monkeypatch, default):
    monkeypatch.delenv(NAME, raising=False)
    assert env.boolean(NAME, default=default) is default


@pytest.mark.parametrize("text", ["yes", "1", "true", ""])
def test_boolean_refuses_anything_else(value, text):
    value(text)
    with pytest.raises(ImproperlyConfigured) as refused:
        env.boolean(NAME, default=False)
    assert str(refused.value) == f"{NAME}='{text}'：只能写 True 或 False。"


def test_words_are_split_at_commas_and_stripped(value):
    value(" a.example, b.example ,,")
    assert env.words(NAME) == ["a.example", "b.example"]


def test_secret_key_is_made_once_and_only_its_owner_may_read_it(monkeypatch, tmp_path):
    monkeypatch.delenv(NAME, raising=False)
    kept = tmp_path / "secret_key"
    key = env.secret_key(NAME, keep_in=kept)
    assert len(key) >= 50
    assert env.secret_key(NAME, keep_in=kept) == key
    assert kept.stat().st_mode & 0o777 == 0o600
    assert list(kept.parent.iterdir()) == [kept]


def test_of_two_that_make_the_secret_key_at_once_both_get_the_same(monkeypatch, tmp_path):
    monkeypatch.delenv(NAME, raising=False)
    kept = tmp_path / "secret_key"

    def made_meanwhile(length):
        kept.write_text("k" * 50)
        return "other"

    monkeypatch.setattr(env.secrets, "token_urlsafe", made_meanwhile)
    assert env.secret_key(NAME, keep_in=kept) == "k" * 50
    assert list(tmp_path.iterdir()) == [kept]


def test_secret_key_from_the_environment_is_not_written_down(value, tmp_path):
    value("k" * 32)
    assert env.secret_key(NAME, keep_in=tmp_path / "secret_key") == "k" * 32
    assert list(tmp_path.iterdir()) == []


def test_secret_key_refuses_a_short_one(value, tmp_path):
    value("k" * 31)
    with pytest.raises(ImproperlyConfigured) as refused:
        env.secret_key(NAME, keep_in=tmp_path / "secret_key")
    assert str(refused.value) == f"{NAME} 只有 31 个字符，至少要 32 个随机字符。"


def test_database_is_a_sqlite_file_when_nothing_is_set(monkeypatch, tmp_path):
    monkeypatch.delenv(NAME, raising=False)
    assert env.database(NAME, tmp_path / "db.sqlite3") == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "db.sqlite3"),
        "OPTIONS": env.SQLITE_OPTIONS,
    }


def test_database_reads_a_sqlite_address(value, tmp_path):
    value("sqlite:////var/lib/union%20office/db.sqlite3")
    assert env.database(NAME, tmp_path)["NAME"] == "/var/lib/union office/db.sqlite3"


def test_database_reads_a_postgres_address(value, tmp_path):
    value("postgres://union:p%40ss@10.0.0.5:5433/office?sslmode=require")
    assert env.database(NAME, tmp_path) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "office",
        "USER": "union",
        "PASSWORD": "p@ss",
        "HOST": "10.0.0.5",
        "PORT": "5433",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"sslmode": "require"},
    }


def test_database_reads_a_postgres_socket(value, tmp_path):
    value("postgres:///office?host=/run/postgresql")
    entry = env.database(NAME, tmp_path)
    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == ("/run/postgresql", "", "office")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mysql://u:geheim@host/db", "host/db"),
        ("postgres://u:geheim@host:port/db", "host:port/db"),
        ("postgres://u:geheim@host", "host"),
        ("postgres://u:geheim@host/a/b", "host/a/b"),
        ("sqlite://db.sqlite3", "sqlite://db.sqlite3"),
        ("db.sqlite3", "db.sqlite3"),
    ],
)
def test_database_refuses_nonsense_without_showing_the_password(value, tmp_path, text, shown):
    value(text)
    with pytest.raises(ImproperlyConfigured) as refused:
        env.database(NAME, tmp_path)
    assert str(refused.value) == f"{NAME} 看不懂（…{shown}）。{env.DATABASE_FORMS}。"


def test_a_command_with_a_database_that_cannot_be_read_says_only_what_to_write():
    told = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={**os.environ, "DATABASE_URL": "mysql://x"},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 1
    assert told.stderr.startswith("DATABASE_URL 看不懂（…mysql://x）。写成 sqlite:///")
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("text", ["office.example.cn", "127.0.0.1,localhost,[::1]", ".a.cn", "*"])
def test_hosts_are_names_and_addresses(value, text):
    value(text)
    assert env.hosts(NAME, "") == text.split(",")


@pytest.mark.parametrize("text", ["http://x", "a.cn/office", "a b", "a.cn:8000"])
def test_what_is_no_host_is_refused(value, text):
    value(text)
    with pytest.raises(ImproperlyConfigured) as refused:
        env.hosts(NAME, "")
    assert str(refused.value) == (
        f"{NAME} 里的“{text}”不是域名或地址，写成 office.example.cn，不带 https:// 和斜杠。"
    )


def test_origins_have_their_protocol(value):
    value("https://office.example.cn, http://127.0.0.1:8000")
    assert env.origins(NAME) == ["https://office.example.cn", "http://127.0.0.1:8000"]


@pytest.mark.parametrize("text", ["foo", "office.example.cn", "https://a.cn/"])
def test_what_is_no_origin_is_refused(value, text):
    value(text)
    with pytest.raises(ImproperlyConfigured) as refused:
        env.origins(NAME)
    assert str(refused.value) == (
        f"{NAME} 里的“{text}”不是网址，写成 https://office.example.cn，后面不带斜杠。"
    )


def test_the_data_folder_is_made_for_its_owner_only(value, tmp_path):
    value(str(tmp_path / "office" / "data"))
    made = env.data_dir(NAME, tmp_path)
    assert made == tmp_path / "office" / "data"
    assert made.stat().st_mode & 0o777 == 0o700


def test_a_data_folder_that_cannot_be_made_is_refused(value, tmp_path):
    (tmp_path / "file").write_text("")
    value(str(tmp_path / "file" / "data"))
    with pytest.raises(ImproperlyConfigured) as refused:
        env.data_dir(NAME, tmp_path)
    assert str(refused.value) == (
        f"{NAME}={tmp_path}/file/data：这个目录建不了（Not a directory），换一个能写的目录。"
    )
