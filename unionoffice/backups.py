"""Backups: the database and every uploaded file in one zip, with the SHA-256 of each entry.

manifest.json (what it is, which migrations it holds, size and hash of every other entry),
database.sqlite3 or database.pgdump, and files/ as it stands under MEDIA_ROOT. The key that signs
sessions is not in it: after a move to another machine everyone logs in again. Nor is the key of the
private fields: a backup that gets lost gives none of them away; the office keeps a copy apart.
"""

import hashlib
import json
import os
import shutil
import struct
import tempfile
import tomllib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from unionoffice import databases
from unionoffice.actions import forget_logins
from unionoffice.audit import ChainEnd, chain_end
from unionoffice.errors import FileRefused

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files/"
PRIVATE_KEY = "private_key"  # opens what is sealed in the database; never in a backup
LARGEST_MANIFEST = 64 * 1024 * 1024  # bytes: some 500,000 files
CHUNK = 1024 * 1024
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,  # a damaged byte may ask for an unknown compression
    RuntimeError,  # … or for a password
)
TRY_ANOTHER = "换一份备份。现在的数据没有动。"


@dataclass(frozen=True)
class Entry:
    size: int  # bytes
    sha256: str


@dataclass(frozen=True)
class Manifest:
    format: int
    made_at: str
    version: str
    engine: str
    migrations: list[str]  # "app.name"
    audit_end: ChainEnd
    entries: dict[str, Entry]

    @classmethod
    def of_json(cls, content: bytes) -> "Manifest":
        """Raises ValueError, KeyError or TypeError for anything else than what `backup` writes."""
        data = json.loads(content)
        data["entries"] = {name: Entry(**entry) for name, entry in data["entries"].items()}
        sizes = [entry.size for entry in data["entries"].values()]
        if not all(isinstance(size, int) for size in sizes):
            raise TypeError("size")
        data["migrations"] = [str(name) for name in data["migrations"]]
        data["audit_end"] = ChainEnd(*data["audit_end"])
        return cls(**data)

    @property
    def database_name(self) -> str:
        return databases.FILE_NAMES[self.engine]

    @property
    def file_count(self) -> int:
        return len(self.entries) - 1


def program_version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return project["project"]["version"]


def backup(target: Path, *, overwrite: bool = False) -> Manifest:
    """Write a whole backup to `target`, read it back, and only then give it its name.

    The database goes first: a file added meanwhile is at most one too many, never one missing.
    Raises FileRefused.
    """
    if target.exists() and not overwrite:
        raise FileRefused(f"{target} 已经有了，换一个文件名，或者加 --force 覆盖它。")
    if not target.parent.is_dir():
        raise FileRefused(f"目录 {target.parent} 不存在，先建好它。")
    part = target.with_name(f"{target.name}.part")
    try:
        with _private(part) as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            manifest = _write(archive)
        verify(part)
        part.replace(target)
    except OSError as error:
        raise FileRefused(f"{target} 没有写成：{error}。检查磁盘空间和权限。") from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


def verify(source: Path) -> Manifest:
    """Read the whole backup and compare it with its manifest. Raises FileRefused."""
    if not source.is_file():
        raise FileRefused(f"没有找到 {source}，检查路径。")
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _manifest(archive)
            _check_names(archive.namelist(), manifest)
            for name, entry in manifest.entries.items():
                _check_entry(archive, name, entry)
    except DAMAGE:
        raise FileRefused(f"{source} 不是完整的备份文件，可能已经损坏，{TRY_ANOTHER}") from None
    return manifest


def check_fits(manifest: Manifest) -> None:
    """Raises FileRefused when this program, as it is set up, can't take the backup."""
    engine = connection.vendor
    if manifest.engine != engine:
        theirs, ours = databases.LABELS[manifest.engine], databases.LABELS[engine]
        raise FileRefused(
            f"这份备份来自 {theirs}，现在用的是 {ours}。把 DATABASE_URL 指到 {theirs} 再恢复。"
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(manifest.migrations) - known):
        raise FileRefused(
            f"这份备份来自更新的程序（{manifest.version} 版，多出 {unknown[0]}），"
            f"现在的程序是 {program_version()} 版，先升级程序再恢复。"
        )


def restore(source: Path, *, keep_copy_in: Path) -> Path:
    """Put the database and the files back as the backup has them; gives where the present state
    was saved before. The backup must have passed `verify` and `check_fits`.

    Raises FileRefused, with everything as it was, when the database does not take it.
    """
    copy = _free_name(keep_copy_in)
    backup(copy)
    media = Path(settings.MEDIA_ROOT)
    media.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix="restore-", dir=media.parent) as room:
            manifest = _unpack(source, Path(room))
            with _files_replaced(media, Path(room)):
                databases.load(Path(room, manifest.database_name))
    except OSError as error:
        raise FileRefused(f"附件目录 {media} 换不了，数据没有动：{error}。") from error
    call_command("migrate", interactive=False, verbosity=0)
    forget_logins()
    return copy


def _free_name(directory: Path) -> Path:
    stamp = timezone.localtime().strftime("%Y%m%d-%H%M%S")
    names = (f"before-restore-{stamp}{suffix}.zip" for suffix in ("", *range(-2, -100, -1)))
    return next(directory / name for name in names if not (directory / name).exists())


@contextmanager
def _files_replaced(media: Path, room: Path):
    """The unpacked files in the place of the present ones; these come back if the body fails."""
    incoming, outgoing = room / FILES, room / "outgoing"
    media.rename(outgoing)
    try:
        incoming.rename(media)
        yield
    except BaseException:
        if media.exists():
            media.rename(incoming)
        outgoing.rename(media)
        raise


def _private(path: Path) -> BinaryIO:
    """A new file that only we may read: a backup holds what the office keeps to itself."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def _write(archive: zipfile.ZipFile) -> Manifest:
    engine, entries, migrations = connection.vendor, {}, databases.applied_migrations()
    # before the dump, since what is added meanwhile comes behind it; an empty database has no chain
    audit_end = chain_end() if migrations else ChainEnd(0, "")
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as room:
        database = Path(room, databases.FILE_NAMES[engine])
        databases.dump(database)
        entries[database.name] = _add(archive, database, database.name)
    for path, name in _stored_files():
        entries[name] = _add(archive, path, name)
    manifest = Manifest(
        format=FORMAT,
        made_at=timezone.localtime().isoformat(timespec="seconds"),
        version=program_version(),
        engine=engine,
        migrations=migrations,
        audit_end=audit_end,
        entries=entries,
    )
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
    return manifest


def _stored_files() -> Iterator[tuple[Path, str]]:
    media = Path(settings.MEDIA_ROOT)
    for path in sorted(media.rglob("*")):
        if path.is_file():
            yield path, f"{FILES}{path.relative_to(media).as_posix()}"


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> Entry:
    with path.open("rb") as content, archive.open(name, "w", force_zip64=True) as out:
        return _copy(content, out)


def _copy(content: BinaryIO, out: BinaryIO | None, limit: int | None = None) -> Entry:
    """Copy (or only read) and hash; stops once there are more than `limit` bytes."""
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if out is not None:
            out.write(chunk)
        if limit is not None and size > limit:
            break
    return Entry(size, digest.hexdigest())


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in archive.namelist():
        raise FileRefused(
            f"{archive.filename} 里没有备份清单，它不是工会办公室的备份，{TRY_ANOTHER}"
        )
    if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise FileRefused(f"{archive.filename} 的备份清单大得不正常，{TRY_ANOTHER}")
    content = archive.read(MANIFEST)
    _check_format(content)
    try:
        manifest = Manifest.of_json(content)
        manifest.entries[manifest.database_name]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise FileRefused(f"{archive.filename} 的备份清单读不懂，{TRY_ANOTHER}") from None
    return manifest


def _check_format(content: bytes) -> None:
    data = json.loads(content)
    found = data.get("format") if isinstance(data, dict) else None
    if isinstance(found, int) and found > FORMAT:
        raise FileRefused(
            f"这份备份的格式是第 {found} 版，现在的程序只认到第 {FORMAT} 版，先升级程序再恢复。"
        )


def _check_names(names: list[str], manifest: Manifest) -> None:
    listed = [*manifest.entries, MANIFEST]
    for name in sorted({*names, *listed}):
        if not _is_safe(name) or not _belongs(name, manifest):
            raise FileRefused(f"备份里有不该有的文件名“{name}”，{TRY_ANOTHER}")
        if name not in listed or names.count(name) > 1:
            raise FileRefused(f"备份里多出了“{name}”，不在清单上，{TRY_ANOTHER}")
        if name not in names:
            raise FileRefused(f"备份里少了“{name}”，不完整，{TRY_ANOTHER}")


def _is_safe(name: str) -> bool:
    """Whether the name stays inside the directory that it is unpacked to."""
    path = PurePosixPath(name)
    plain = str(path) == name and "\\" not in name and "\0" not in name
    return plain and not path.is_absolute() and ".." not in path.parts


def _belongs(name: str, manifest: Manifest) -> bool:
    return name.startswith(FILES) or name in {MANIFEST, manifest.database_name}


def _check_entry(archive: zipfile.ZipFile, name: str, entry: Entry) -> None:
    with archive.open(name) as content:
        found = _copy(content, None, limit=entry.size)
    if found != entry:
        raise FileRefused(f"备份里的“{name}”和清单对不上，已经损坏或被改动过，{TRY_ANOTHER}")


def _unpack(source: Path, room: Path) -> Manifest:
    """The verified backup's database and files, laid out in `room`."""
    (room / FILES).mkdir(mode=0o700)
    with zipfile.ZipFile(source) as archive:
        manifest = _manifest(archive)
        for name in manifest.entries:
            path = room / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with archive.open(name) as content, path.open("wb") as out:
                shutil.copyfileobj(content, out, CHUNK)
            path.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    return manifest
