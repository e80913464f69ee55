"""The commands that people type: what they answer before they touch anything."""

import os
import re
import socket
import stat
import subprocess
import sys

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR


def run(*words: str, cwd=ROOT, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        words,
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def sourced(script: str, **environment: str) -> subprocess.CompletedProcess:
    """Run bash with the functions of script/setup at hand."""
    return run("bash", "-c", f"set -euo pipefail; source script/setup; {script}", **environment)


@pytest.mark.parametrize("script", ["script/start", "script/test", "script/bench", ".ci/run"])
def test_the_script_can_be_run_and_parsed(script):
    assert (ROOT / script).stat().st_mode & stat.S_IXUSR
    assert run("bash", "-n", script).stderr == ""


def test_help_stands_at_the_front_and_works_from_anywhere(tmp_path):
    done = run(str(ROOT / "script/start"), "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("用法：script/start [--sample | --prepare]\n")


def test_an_unknown_argument_is_named():
    done = run("script/start", "--smaple")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "不认识“--smaple”，script/start --help 列出能用的写法。\n"


@pytest.mark.parametrize("port", ["0", "65536", "abc", "80 80"])
def test_a_port_that_is_none_is_refused(port):
    done = run("script/start", UNION_PORT=port)
    assert done.stderr == f"UNION_PORT={port}：端口要写成 1 到 65535 的数。\n"
    assert done.returncode == 1


def test_a_port_in_use_is_noticed_before_anything_is_made(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("script/start", UNION_PORT=str(port), UNION_DATA=str(tmp_path / "data"))
    assert done.returncode == 1
    assert done.stderr == (
        f"端口 {port} 已经有程序在用，可能工会办公室已经开着。"
        f"换一个端口再试：UNION_PORT={port % 65535 + 1} script/start\n"
    )
    assert not (tmp_path / "data").exists()


def stand_in(directory, name: str, body: str) -> None:
    """A program of that name that comes before the real one."""
    path = directory / name
    path.write_text(f"#!/bin/bash\n{body}\n")
    path.chmod(0o755)


def test_an_old_python_is_refused(tmp_path):
    stand_in(tmp_path, "python3", '[[ $1 == --version ]] && echo "Python 3.9.2" || exit 1')
    done = sourced("check_python", PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert done.returncode == 1
    assert done.stderr == (
        "Python 3.9.2 太旧，需要 Python 3.11 或更新的版本（Debian 12、Ubuntu 24.04 起自带）。\n"
    )


def test_only_the_packages_that_are_missing_are_installed(tmp_path):
    stand_in(
        tmp_path, "dpkg-query", "echo 'fonts-noto-cjk installed'; echo 'chromium not-installed'"
    )
    done = sourced(
        "missing_packages fonts-noto-cjk chromium poppler-utils",
        PATH=f"{tmp_path}:{os.environ['PATH']}",
    )
    assert done.stdout.split() == ["chromium", "poppler-utils"]


def test_missing_packages_are_named_when_they_cannot_be_installed(tmp_path):
    stand_in(tmp_path, "dpkg-query", "exit 1")
    done = sourced(
        "as_root() { false; }; install_packages libpango-1.0-0 fonts-noto-cjk",
        PATH=f"{tmp_path}:{os.environ['PATH']}",
    )
    assert done.returncode == 1
    assert done.stderr == (
        "缺少系统软件，让管理员运行：apt-get install libpango-1.0-0 fonts-noto-cjk\n"
    )


def test_requirements_are_installed_again_only_after_they_changed(tmp_path):
    """With a pip that only says that it was called."""
    bin_dir = tmp_path / ".venv" / "bin"
    bin_dir.mkdir(parents=True)
    stand_in(bin_dir, "python", 'echo "$*"')
    requirements = tmp_path / "base.txt"
    requirements.write_text("a==1")
    calls = []
    for _ in range(2):
        calls.append(sourced(f"cd {tmp_path}; install_requirements base.txt").stdout)
    requirements.write_text("a==2")
    calls.append(sourced(f"cd {tmp_path}; install_requirements base.txt").stdout)
    assert ["--require-hashes -r base.txt" in call for call in calls] == [True, False, True]


def test_bench_prints_its_tables():
    done = run(sys.executable, "script/benchmark", "--quick", PYTHONPATH=str(ROOT))
    assert done.stderr == ""
    assert re.findall(r"^## (.+)$", done.stdout, re.MULTILINE) == [
        "页面",
        "活动",
        "导出",
        "导入",
        "照片",
    ]
    first_cells = re.findall(r"^\| ([^|]+) \|", done.stdout, re.MULTILINE)
    assert [cell for cell in first_cells if cell != "---"] == [
        "页面",
        "工作台",
        "会员名册",
        "慰问列表",
        "计划看板",
        "提案",
        "活动的页面",
        "计划看板",
        "月历",
        "周表",
        "活动列表",
        "一场活动",
        "一场活动的照片",
        "参加情况",
        "一个人参加的活动",
        "大事记",
        "手机日历",
        "文书",
        "总结 Word（30 人）",
        "总结 PDF（30 人）",
        "总结 Word（60 人）",
        "总结 PDF（60 人）",
        "名册 Excel",
        "30 行",
        "60 行",
        "手机照片",
        "3 张，各 5.2 MB",
    ]


def test_start_and_test_install_what_the_readme_names():
    setup = (ROOT / "script/setup").read_text()
    named = sourced('echo "${BASE_PACKAGES[@]} ${TEST_PACKAGES[@]}"').stdout.split()
    readme = (ROOT / "README.md").read_text()
    assert [name for name in named if f"`{name}`" not in readme] == []
    assert "apt-get install" in setup


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("sqlite:////no/such/folder/db.sqlite3", "数据库文件打不开"),
        ("postgres://u:secret@127.0.0.1:1/office", "数据库连不上"),
    ],
)
def test_a_database_out_of_reach_is_one_sentence(url, advice, tmp_path):
    done = run(sys.executable, "manage.py", "migrate", DATABASE_URL=url, UNION_DATA=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith(advice)
    assert len(done.stderr.splitlines()) == 1


def test_a_database_without_tables_is_one_sentence(tmp_path):
    database = f"sqlite:///{tmp_path}/new.sqlite3"
    done = run(sys.executable, "manage.py", "verify_audit", DATABASE_URL=database)
    assert (done.returncode, done.stderr) == (
        1,
        "数据库里还没有建表，先运行 .venv/bin/python manage.py migrate。\n",
    )
