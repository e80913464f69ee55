"""Settings read from the environment. Nonsense is refused with a sentence that says what to write."""

import os
import re
import secrets
import tempfile
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,  # seconds a writer waits for another
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;"  # 32 MB
    ),
}
HOST = re.compile(r"\*|\.?[\w-]+(\.[\w-]+)*|\[[0-9a-fA-F:]+\]")
ORIGIN = re.compile(r"https?://[\w*.-]+(:\d+)?")
DATABASE_FORMS = (
    "写成 sqlite:////var/lib/unionoffice/db.sqlite3 或 postgres://用户:密码@127.0.0.1:5432/库名"
)


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def boolean(name: str, default: bool) -> bool:
    value = text(name, str(default))
    if value not in {"True", "False"}:
        raise ImproperlyConfigured(f"{name}={value!r}：只能写 True 或 False。")
    return value == "True"


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def hosts(name: str, default: str) -> list[str]:
    """Names under which the office is reached: no protocol, no path."""
    found = words(name, default)
    for host in found:
        if not HOST.fullmatch(host):
            raise ImproperlyConfigured(
                f"{name} 里的“{host}”不是域名或地址，写成 office.example.cn，不带 https:// 和斜杠。"
            )
    return found


def origins(name: str) -> list[str]:
    """Addresses from which forms may be sent: with their protocol, without a path."""
    found = words(name)
    for origin in found:
        if not ORIGIN.fullmatch(origin):
            raise ImproperlyConfigured(
                f"{name} 里的“{origin}”不是网址，写成 https://office.example.cn，后面不带斜杠。"
            )
    return found


def data_dir(name: str, default: Path) -> Path:
    """The folder that everything is kept in, made when it isn't there."""
    path = Path(text(name, str(default)))
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}={path}：这个目录建不了（{error.strerror}），换一个能写的目录。"
        ) from None
    return path


def secret_key(name: str, keep_in: Path) -> str:
    """The key from the environment, or one made once and kept in a file that only we can read."""
    if key := text(name):
        if len(key) < 32:
            raise ImproperlyConfigured(f"{name} 只有 {len(key)} 个字符，至少要 32 个随机字符。")
        return key
    try:
        if not keep_in.exists():
            _write_once(keep_in, secrets.token_urlsafe(50))
        return keep_in.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"密钥文件 {keep_in} 读写不了（{error.strerror}），检查这个目录的权限。"
        ) from None


def _write_once(path: Path, content: str) -> None:
    """Whole or not at all, and of two processes that start together one writes it for both."""
    handle, name = tempfile.mkstemp(dir=path.parent)  # only we may read it
    with os.fdopen(handle, "w") as file:
        file.write(content)
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(name)


def database(name: str, default: Path) -> dict:
    """Django's database entry from a URL: sqlite:///path or postgres://user:pass@host:port/db.

    For a PostgreSQL socket: postgres:///db?host=/run/postgresql. Raises ImproperlyConfigured.
    """
    url = text(name)
    if not url:
        return _sqlite(str(default))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _unreadable(name, url) from None
    path = unquote(parts.path)[1:]
    if parts.scheme == "sqlite" and not parts.netloc and path:
        return _sqlite(path)
    if parts.scheme in {"postgres", "postgresql"} and path and "/" not in path:
        query = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": path,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.pop("host", parts.hostname or ""),
            "PORT": str(port or query.pop("port", "")),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": query,
        }
    raise _unreadable(name, url)


def _sqlite(path: str) -> dict:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": SQLITE_OPTIONS}


def _unreadable(name: str, url: str) -> ImproperlyConfigured:
    shown = url.split("@")[-1]  # never print a password
    return ImproperlyConfigured(f"{name} 看不懂（…{shown}）。{DATABASE_FORMS}。")
