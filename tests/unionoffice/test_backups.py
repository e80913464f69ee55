"""A restore gives back every row and every byte; what is not a whole backup changes nothing."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings as django_settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection

from members.models import UnionGroup
from tests.factories.members import make_group, make_office, make_user
from unionoffice import backups
from unionoffice.audit import record
from unionoffice.errors import FileRefused
from unionoffice.management.commands.restore import SERVING
from unionoffice.models import AuditEntry
from unionoffice.roles import Role
from unionoffice.serving import serving_process

ANOTHER = "换一份备份。现在的数据没有动。"


def all_rows() -> dict[str, list]:
    """Every row of every table, and the order in which they would be handed out does not count."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


def all_files() -> dict[str, bytes]:
    media = Path(django_settings.MEDIA_ROOT)
    return {str(p.relative_to(media)): p.read_bytes() for p in media.rglob("*") if p.is_file()}


def state() -> tuple[dict, dict]:
    return all_rows(), all_files()


@pytest.fixture
def lived_in(transactional_db, settings):
    """An office with an account, a group, an audit entry and two files."""
    make_office()
    record(make_user(Role.CHAIR), "members.add_group", make_group("语文组"))
    media = Path(settings.MEDIA_ROOT)
    (media / "ab").mkdir(parents=True)
    (media / "ab" / "abc.jpg").write_bytes(b"\xff\xd8\xff" + bytes(range(256)) * 20)
    (media / "说明.txt").write_text("慰问照片", "utf-8")
    return settings


@pytest.fixture
def saved(lived_in, tmp_path) -> Path:
    backups.backup(tmp_path / "office.zip")
    return tmp_path / "office.zip"


def tamper_with_the_audit():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE unionoffice_auditentry SET target_name = '改过' WHERE number = 1")


def change_everything():
    UnionGroup.objects.all().delete()
    make_group("数学组")
    tamper_with_the_audit()
    media = Path(django_settings.MEDIA_ROOT)
    (media / "ab" / "abc.jpg").unlink()
    (media / "new.pdf").write_bytes(b"%PDF-")


def rewritten(source: Path, target: Path, change) -> Path:
    """A copy of a backup with `change` applied to its {name: content}."""
    with zipfile.ZipFile(source) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    change(content)
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return target


def with_manifest(source: Path, target: Path, **values) -> Path:
    def change(content):
        manifest = json.loads(content["manifest.json"]) | values
        content["manifest.json"] = json.dumps(manifest)

    return rewritten(source, target, change)


def refusal_of(source: Path) -> str:
    """What `restore` answers; it must have left everything as it was."""
    before = state()
    with pytest.raises(CommandError) as refused:
        call_command("restore", str(source), "--yes")
    assert state() == before
    assert not list(Path(django_settings.DATA_DIR).glob("before-restore-*"))
    return str(refused.value)


def test_restore_gives_back_every_row_and_every_file(saved, capsys):
    before = state()
    change_everything()
    assert state() != before
    call_command("restore", str(saved), "--yes")
    assert state() == before
    assert capsys.readouterr().out.splitlines()[-1] == "操作记录完好，共 1 条。"


def test_restore_waits_until_the_office_is_shut(saved):
    program = [sys.executable, "-c", "import time; time.sleep(60)", "gunicorn"]
    with subprocess.Popen(program) as serving:
        pid_file = Path(django_settings.DATA_DIR, "serving.pid")
        pid_file.write_text(str(serving.pid))
        try:
            assert refusal_of(saved) == SERVING.format(serving.pid)
        finally:
            serving.kill()
    call_command("restore", str(saved), "--yes")


@pytest.mark.parametrize("text", ["", "abc", "0", "1", "99999999"])
def test_a_number_left_behind_by_a_process_that_is_gone_stops_no_restore(saved, text):
    Path(django_settings.DATA_DIR, "serving.pid").write_text(text)
    assert serving_process() is None


def test_a_backup_of_a_broken_chain_is_made_and_says_so(lived_in, tmp_path, capsys):
    tamper_with_the_audit()
    call_command("backup", str(tmp_path / "office.zip"))
    assert capsys.readouterr().err == (
        "备份照现在的样子做了，但是第 1 条操作记录（members.add_group，改过）被改动过。"
        "查清楚以前留好早先的备份。\n"
    )


def test_restore_logs_everybody_out(lived_in, tmp_path):
    session = SessionStore()
    session.create()
    AccessAttempt.objects.create(username="gao", ip_address="127.0.0.1", failures_since_start=5)
    AccessLog.objects.create(username="gao")
    backups.backup(tmp_path / "office.zip")
    call_command("restore", str(tmp_path / "office.zip"), "--yes")
    counts = [model.objects.count() for model in (Session, AccessAttempt, AccessLog)]
    assert counts == [0, 0, 0]


def test_restore_keeps_what_was_there_before_it(saved, tmp_path):
    change_everything()
    changed = state()
    call_command("restore", str(saved), "--yes")
    (copy,) = tmp_path.glob("before-restore-*.zip")
    call_command("restore", str(copy), "--yes")
    assert state() == changed
    assert len(list(tmp_path.glob("before-restore-*.zip"))) == 2


def test_restore_tells_when_the_backup_itself_holds_a_tampered_audit_entry(
    lived_in, tmp_path, capsys
):
    tamper_with_the_audit()
    backups.backup(tmp_path / "office.zip")
    call_command("restore", str(tmp_path / "office.zip"), "--yes")
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "第 1 条操作记录（members.add_group，改过）被改动过。"


def test_restore_tells_when_the_audit_is_another_than_the_manifest_says(saved, tmp_path, capsys):
    other = with_manifest(saved, tmp_path / "other.zip", audit_end=[1, "0" * 64])
    call_command("restore", str(other), "--yes")
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "第 1 条操作记录和备份时记下的不一样，操作记录被换过。"


def test_verify_audit_compares_with_a_backup(saved, capsys):
    record(None, "members.add_group", make_group("丙组"))
    call_command("verify_audit", "--backup", str(saved))
    assert capsys.readouterr().out == "操作记录完好，共 2 条。\n"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM unionoffice_auditentry")
        cursor.execute("DELETE FROM unionoffice_audithead")
    record(None, "members.add_group", make_group("丁组"))
    call_command("verify_audit")
    with pytest.raises(SystemExit):
        call_command("verify_audit", "--backup", str(saved))
    assert capsys.readouterr().err == ("第 1 条操作记录和备份时记下的不一样，操作记录被换过。\n")


def test_restore_leaves_no_scratch_files_behind(saved, tmp_path):
    call_command("restore", str(saved), "--yes")
    left = sorted(p.name for p in tmp_path.iterdir() if not p.name.startswith("before-restore-"))
    assert left == ["files", "office.zip"]


def test_the_backup_says_what_it_is(saved):
    manifest = backups.verify(saved)
    assert manifest.engine == connection.vendor
    assert manifest.version == backups.program_version()
    assert "members.0001_initial" in manifest.migrations
    assert manifest.audit_end == (1, AuditEntry.objects.get().hash)
    assert list(manifest.entries) == [
        manifest.database_name,
        "files/ab/abc.jpg",
        "files/说明.txt",
    ]


def test_only_the_owner_may_read_a_backup(saved):
    assert saved.stat().st_mode & 0o777 == 0o600


def test_backup_does_not_overwrite_unless_told_to(saved):
    written = saved.read_bytes()
    with pytest.raises(CommandError, match="已经有了，换一个文件名，或者加 --force 覆盖它。"):
        call_command("backup", str(saved))
    assert saved.read_bytes() == written
    make_group("英语组")
    call_command("backup", str(saved), "--force")
    assert saved.read_bytes() != written


def test_backup_names_a_directory_that_is_not_there(lived_in, tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("backup", str(tmp_path / "nowhere" / "office.zip"))
    assert str(refused.value) == f"目录 {tmp_path / 'nowhere'} 不存在，先建好它。"


def test_a_backup_that_breaks_off_leaves_nothing_behind(lived_in, tmp_path, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "_add", full)
    with pytest.raises(FileRefused, match="没有写成"):
        backups.backup(tmp_path / "office.zip")
    assert not list(tmp_path.glob("office*"))


def test_restore_refuses_without_yes_when_nobody_can_answer(saved):
    before = state()
    with pytest.raises(
        CommandError, match="恢复会替换现在的全部数据。确定要恢复，加 --yes 再运行。"
    ):
        call_command("restore", str(saved))
    assert state() == before


def test_restore_refuses_a_file_that_is_not_there(lived_in, tmp_path):
    assert refusal_of(tmp_path / "no.zip") == f"没有找到 {tmp_path / 'no.zip'}，检查路径。"


def test_restore_refuses_what_is_no_backup(lived_in, tmp_path):
    note = tmp_path / "note.zip"
    note.write_text("不是 zip")
    assert refusal_of(note) == f"{note} 不是完整的备份文件，可能已经损坏，{ANOTHER}"
    with zipfile.ZipFile(note, "w") as archive:
        archive.writestr("a.txt", "a")
    assert refusal_of(note) == f"{note} 里没有备份清单，它不是工会办公室的备份，{ANOTHER}"


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_restore_refuses_a_truncated_backup(saved, kept):
    content = saved.read_bytes()
    saved.write_bytes(content[: int(len(content) * kept)])
    assert refusal_of(saved) == f"{saved} 不是完整的备份文件，可能已经损坏，{ANOTHER}"


def test_a_flipped_byte_is_noticed_or_harmless(saved):
    """Harmless: a byte of the zip's own that says nothing about an entry's name or content."""
    content = bytearray(saved.read_bytes())
    whole, noticed = backups.verify(saved), 0
    for place in [*range(0, len(content), 199), *range(len(content) - 900, len(content), 7)]:
        content[place] ^= 0x55
        saved.write_bytes(content)
        try:
            assert backups.verify(saved).entries == whole.entries
        except FileRefused:
            noticed += 1
        content[place] ^= 0x55
    assert noticed > 100


def test_restore_refuses_changed_content_under_a_right_checksum_of_the_zip(saved, tmp_path):
    def change(content):
        content["files/ab/abc.jpg"] = b"\xff\xd8\xff"

    changed = rewritten(saved, tmp_path / "changed.zip", change)
    assert refusal_of(changed) == (
        f"备份里的“files/ab/abc.jpg”和清单对不上，已经损坏或被改动过，{ANOTHER}"
    )


def test_restore_refuses_a_backup_with_an_entry_missing(saved, tmp_path):
    less = rewritten(saved, tmp_path / "less.zip", lambda content: content.pop("files/说明.txt"))
    assert refusal_of(less) == f"备份里少了“files/说明.txt”，不完整，{ANOTHER}"


def test_restore_refuses_a_backup_with_an_entry_too_many(saved, tmp_path):
    more = rewritten(
        saved, tmp_path / "more.zip", lambda content: content.update({"files/x.pdf": b"%PDF-"})
    )
    assert refusal_of(more) == f"备份里多出了“files/x.pdf”，不在清单上，{ANOTHER}"


@pytest.mark.parametrize("name", ["files/../../x", "/etc/x", "files\\x", "x.txt", "files//x"])
def test_restore_refuses_names_that_lead_elsewhere(saved, tmp_path, name):
    def change(content):
        manifest = json.loads(content["manifest.json"])
        manifest["entries"][name] = manifest["entries"]["files/说明.txt"]
        content["manifest.json"] = json.dumps(manifest)
        content[name] = content["files/说明.txt"]

    crafted = rewritten(saved, tmp_path / "crafted.zip", change)
    assert refusal_of(crafted) == f"备份里有不该有的文件名“{name}”，{ANOTHER}"


def test_restore_refuses_the_other_engine(saved, tmp_path):
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    names = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
    labels = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

    def change(content):
        manifest = json.loads(content["manifest.json"]) | {"engine": other}
        entries = manifest["entries"]
        entries[names[other]] = entries.pop(names[connection.vendor])
        content["manifest.json"] = json.dumps(manifest)
        content[names[other]] = content.pop(names[connection.vendor])

    foreign = rewritten(saved, tmp_path / "foreign.zip", change)
    assert refusal_of(foreign) == (
        f"这份备份来自 {labels[other]}，现在用的是 {labels[connection.vendor]}。"
        f"把 DATABASE_URL 指到 {labels[other]} 再恢复。"
    )


def test_restore_refuses_a_backup_of_a_newer_program(saved, tmp_path):
    migrations = [*backups.verify(saved).migrations, "members.0999_from_the_future"]
    newer = with_manifest(saved, tmp_path / "newer.zip", migrations=migrations, version="99.0.0")
    assert refusal_of(newer) == (
        "这份备份来自更新的程序（99.0.0 版，多出 members.0999_from_the_future），"
        f"现在的程序是 {backups.program_version()} 版，先升级程序再恢复。"
    )


def test_restore_refuses_a_newer_format(saved, tmp_path):
    newer = with_manifest(saved, tmp_path / "newer.zip", format=2)
    assert refusal_of(newer) == (
        "这份备份的格式是第 2 版，现在的程序只认到第 1 版，先升级程序再恢复。"
    )


@pytest.mark.parametrize(
    "values",
    [
        {"entries": []},
        {"entries": {"a": {}}},
        {"engine": "oracle"},
        {"migrations": None},
        {"audit_end": 1},
        {"x": 1},
    ],
)
def test_restore_refuses_a_manifest_that_it_cannot_read(saved, tmp_path, values):
    odd = with_manifest(saved, tmp_path / "odd.zip", **values)
    assert refusal_of(odd) == f"{odd} 的备份清单读不懂，{ANOTHER}"


def test_a_database_that_cannot_be_replaced_leaves_the_files_as_they_were(
    saved, tmp_path, monkeypatch
):
    change_everything()
    before = state()

    def refuse(source):
        raise FileRefused("数据库没有恢复成，数据没有动：locked。")

    monkeypatch.setattr(backups.databases, "load", refuse)
    with pytest.raises(CommandError, match="数据库没有恢复成，数据没有动：locked。"):
        call_command("restore", str(saved), "--yes")
    assert state() == before


# As an administrator does it: a real file, other processes.


def manage(data: Path, *words: str) -> subprocess.CompletedProcess:
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, str(django_settings.BASE_DIR / "manage.py"), *words],
        env=environment | {"UNION_DATA": str(data)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def dump_of(data: Path) -> list[str]:
    script = (
        "import sqlite3, sys\n"
        f"print('\\n'.join(sqlite3.connect({str(data / 'db.sqlite3')!r}).iterdump()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return sorted(done.stdout.splitlines())


ADD_GROUP = "from members.models import UnionGroup; UnionGroup.objects.create(name={!r})"


def test_an_office_in_a_file_moves_to_another_machine(tmp_path):
    old, new, saved = tmp_path / "old", tmp_path / "new", tmp_path / "office.zip"
    assert manage(old, "migrate").returncode == 0
    manage(old, "shell", "-v0", "-c", ADD_GROUP.format("语文组"))
    (old / "files").mkdir()
    (old / "files" / "a.pdf").write_bytes(b"%PDF-1.7")
    done = manage(old, "backup", str(saved))
    assert done.stdout.endswith("数据库和 1 个附件，已核对）。\n"), done.stderr
    before = dump_of(old)

    manage(old, "shell", "-v0", "-c", ADD_GROUP.format("数学组"))
    (old / "files" / "a.pdf").unlink()
    assert dump_of(old) != before
    for data in (old, new):
        done = manage(data, "restore", str(saved), "--yes")
        assert done.returncode == 0, done.stderr
        assert dump_of(data) == before
        assert (data / "files" / "a.pdf").read_bytes() == b"%PDF-1.7"


def test_a_refused_restore_ends_with_a_sentence_and_a_code(tmp_path):
    (tmp_path / "note.zip").write_text("不是 zip")
    done = manage(tmp_path, "restore", str(tmp_path / "note.zip"), "--yes")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip() == (
        f"CommandError: {tmp_path / 'note.zip'} 不是完整的备份文件，可能已经损坏，{ANOTHER}"
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["note.zip", "secret_key"]
