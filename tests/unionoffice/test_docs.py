"""What the documents say is what the program does."""

import re
import tomllib

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands
from django.urls import get_resolver

from unionoffice.management.commands import print_roles
from unionoffice.roles import PERMISSIONS, Role

ROOT = settings.BASE_DIR
README = ROOT / "README.md"
MANUAL = sorted(f"docs/manual/{page.name}" for page in (ROOT / "docs/manual").glob("*.md"))
DOCUMENTS = ["README.md", "CHANGELOG.md", "docs/index.md", "docs/coverage.md", *MANUAL]

# The numbers of what school unions write about, as ranges with both ends.
COVERAGE = (
    "1-5 8-14 18-19 22-24 26-28 30-52 54-66 68-76 78-88 91-98 100-102 105-106 108-111 113 115 "
    "117-118 120-123 125-155 157-208 211 215-219 223-225 227-233 235-236 238 240 242-243 246-262 "
    "264-269 271-287 289 292-296 298 300-303 306-314 316-323"
)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def table_under(text: str, heading: str) -> list[list[str]]:
    """The body rows of the first table after a heading."""
    lines = text.split(heading, 1)[1].splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def test_the_printed_role_table_is_current():
    text = text_of("README.md")
    assert print_roles.with_table(text, print_roles.role_table()) == text


def test_the_role_table_has_a_row_for_each_permission_and_a_column_for_each_role(capsys):
    call_command("print_roles")
    lines = capsys.readouterr().out.strip().splitlines()
    assert [line.count("|") for line in lines] == [len(Role) + 2] * (len(PERMISSIONS) + 2)
    words, holders = PERMISSIONS["welfare.void_visit"]
    row = next(line for line in lines if line.startswith(f"| {words} |"))
    ticks = [cell.strip() == "✓" for cell in row.strip("|").split("|")[1:]]
    assert ticks == [role in holders for role in Role]


def test_writing_the_table_changes_nothing_but_the_table(monkeypatch, tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(f"前\n{print_roles.BEGIN}\n旧\n{print_roles.END}\n后\n", encoding="utf-8")
    monkeypatch.setattr(print_roles, "README", readme)
    call_command("print_roles", "--write")
    assert readme.read_text(encoding="utf-8") == (
        f"前\n{print_roles.BEGIN}\n{print_roles.role_table()}\n{print_roles.END}\n后\n"
    )


def test_the_environment_variables_are_those_that_are_read():
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', text_of("unionoffice/settings.py")))
    read |= set(re.findall(r"\$\{(UNION_\w+)", text_of("script/start")))
    described = [row[0].strip("`") for row in table_under(text_of("README.md"), "### 环境变量")]
    assert sorted(described) == sorted(read)


def test_the_defaults_in_the_table_are_those_of_the_settings():
    rows = {row[0].strip("`"): row[1] for row in table_under(text_of("README.md"), "### 环境变量")}
    source = text_of("unionoffice/settings.py")
    hosts = re.search(r'"UNION_HOSTS", "([^"]+)"', source)[1]
    assert rows["UNION_HOSTS"] == f"`{hosts}`"
    for name in ("UNION_DEBUG", "UNION_HTTPS"):
        default = re.search(rf'"{name}", default=(\w+)', source)[1]
        assert rows[name] == f"`{default}`"
    port = re.search(r"UNION_PORT:-(\d+)", text_of("script/start"))[1]
    assert rows["UNION_PORT"] == f"`{port}`"


def test_the_environment_file_for_systemd_names_only_known_variables():
    described = {row[0].strip("`") for row in table_under(text_of("README.md"), "### 环境变量")}
    named = re.findall(r"^(?:# )?(\w+)=", text_of("docs/deploy/unionoffice.env"), re.MULTILINE)
    assert [name for name in named if name not in described] == []


def test_the_commands_that_the_readme_names_exist():
    named = set(re.findall(r"manage\.py (\w+)", text_of("README.md")))
    assert sorted(named - set(get_commands())) == []


def test_the_quick_start_has_exactly_two_commands():
    block = re.search(r"## 快速开始.*?```sh\n(.*?)```", text_of("README.md"), re.DOTALL)[1]
    assert [line.split()[0] for line in block.splitlines()] == ["script/start", "script/test"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_inside_the_project_leads_somewhere(name):
    here = (ROOT / name).parent
    targets = re.findall(r"\]\(([^)#]+)\)", text_of(name))
    inside = [target for target in targets if "://" not in target]
    assert [target for target in inside if not (here / target).exists()] == []


def test_the_manual_leads_to_each_of_its_pages():
    named = re.findall(r"\]\((manual/[^)]+)\)", text_of("docs/index.md"))
    assert sorted(f"docs/{name}" for name in named) == MANUAL


def test_the_pictures_of_the_manual_are_those_that_the_script_takes():
    taken = re.findall(
        r'^    "([a-z-]+)": \w+,$', text_of("script/manual_pictures.py"), re.MULTILINE
    )
    named = [name for page in MANUAL for name in re.findall(r"img/([a-z-]+)\.png", text_of(page))]
    assert sorted(named) == sorted(taken)
    sizes = [(ROOT / f"docs/img/{name}.png").stat().st_size for name in named]
    assert max(sizes) < 100_000


def test_the_files_and_folders_that_the_readme_names_exist():
    named = re.findall(r"`((?:\w+/)+[\w./-]*)`", text_of("README.md"))
    ours = [name for name in named if name.isascii() and not name.startswith("UNION_DATA/")]
    assert ours
    assert [name for name in ours if not (ROOT / name).exists()] == []


def test_the_version_is_the_newest_heading_of_the_changelog():
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    headings = re.findall(r"^## (.+)$", text_of("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == project["version"]
    assert headings == sorted(headings, key=lambda v: [int(n) for n in v.split(".")], reverse=True)


def test_the_licence_is_the_one_that_is_named():
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    assert project["license"]["text"] == "AGPL-3.0-or-later"
    assert "[AGPL-3.0-or-later](LICENSE)" in text_of("README.md")
    head = " ".join(text_of("LICENSE").split())
    assert head.startswith("GNU AFFERO GENERAL PUBLIC LICENSE Version 3, 19 November 2007")


# Coverage


def numbers(ranges: str) -> list[int]:
    found = []
    for part in ranges.split():
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def coverage_rows() -> list[list[str]]:
    lines = text_of("docs/coverage.md").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [row for row in rows if row[0].isdigit()]


def test_every_element_stands_in_the_coverage_table_once_with_a_place():
    rows = coverage_rows()
    assert [int(row[0]) for row in rows] == numbers(COVERAGE)
    assert len(rows) == 274
    assert [row for row in rows if len(row) != 3 or not all(row)] == []


def test_the_coverage_table_counts_itself():
    rows = coverage_rows()
    waiting = sum(row[2] == "待做" for row in rows)
    sentence = f"第一版有 {len(rows) - waiting} 项有了位置，{waiting} 项待做。"
    assert sentence in text_of("docs/coverage.md")


def address_names(resolver=None, space: str = "") -> set[str]:
    found = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found |= address_names(pattern, inner)
        else:
            found.add(f"{space}{pattern.name}")
    return found


def test_the_places_in_the_coverage_table_exist():
    named = {name for row in coverage_rows() for name in re.findall(r"`([^`]+)`", row[2])}
    addresses = {name for name in named if ":" in name}
    files = named - addresses
    assert sorted(addresses - address_names()) == []
    assert [name for name in sorted(files) if not (ROOT / name).exists()] == []
