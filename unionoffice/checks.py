"""System checks with ids: mistakes in how the office is deployed, each with what to do."""

import shutil
import stat
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

RARE_FONT_PLACES = ("/usr/share/fonts", "/usr/local/share/fonts")


@register(Tags.security, deploy=True)
def debug_is_off(app_configs, **kwargs):
    if settings.DEBUG:
        return [
            Error(
                "UNION_DEBUG=True：出错时会把内部信息显示给访问的人。",
                hint="处理办法：正式使用时去掉 UNION_DEBUG。",
                id="unionoffice.E001",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def outside_hosts_use_https(app_configs, **kwargs):
    outside = [h for h in settings.ALLOWED_HOSTS if h not in {"127.0.0.1", "localhost", "[::1]"}]
    if outside and not settings.HTTPS:
        return [
            Error(
                f"UNION_HOSTS 里有 {'、'.join(outside)}，但没有启用 HTTPS，密码会明文传输。",
                hint="处理办法：前面放 nginx 配好证书，再设 UNION_HTTPS=True。",
                id="unionoffice.E002",
            )
        ]
    return []


@register()
def data_dir_is_writable(app_configs, **kwargs):
    data = Path(settings.DATA_DIR)
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = data / ".write-test"
        probe.touch()
        probe.unlink()
    except OSError as error:
        return [
            Error(
                f"数据目录 {data} 写不进去：{error.strerror}。",
                hint="处理办法：用 UNION_DATA 指到一个能写的目录，或改它的所有者。",
                id="unionoffice.E003",
            )
        ]
    return []


@register()
def postgres_tools_for_backup(app_configs, **kwargs):
    engine = settings.DATABASES["default"]["ENGINE"]
    if engine.endswith("postgresql") and not shutil.which("pg_dump"):
        return [
            Warning(
                "没有找到 pg_dump，备份会做不了。",
                hint="处理办法：apt-get install postgresql-client。",
                id="unionoffice.W004",
            )
        ]
    return []


@register()
def font_for_rare_names(app_configs, **kwargs):
    found = any(p for place in RARE_FONT_PLACES for p in Path(place).rglob("NotoSerifCJK*"))
    if not found:
        return [
            Warning(
                "没有安装 Noto Serif CJK 字体，PDF 里的生僻字会显示成方框。",
                hint="处理办法：apt-get install fonts-noto-cjk。",
                id="unionoffice.W005",
            )
        ]
    return []


@register()
def database_is_for_us_only(app_configs, **kwargs):
    database = settings.DATABASES["default"]
    file = Path(database["NAME"])
    if not database["ENGINE"].endswith("sqlite3") or not file.is_file():
        return []
    if file.stat().st_mode & stat.S_IROTH and file.parent.stat().st_mode & stat.S_IXOTH:
        return [
            Warning(
                f"数据库 {file} 这台机器上的其他人也能读。",
                hint=f"处理办法：chmod 700 {file.parent}。",
                id="unionoffice.W006",
            )
        ]
    return []
