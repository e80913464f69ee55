"""The house rules that a machine can read: who imports whom, who writes, how things are named."""

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.template import TemplateSyntaxError, engines
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from unionoffice.roles import GRANTS

ROOT = settings.BASE_DIR
APPS = ("unionoffice", "members", "activities", "welfare", "congress", "funds", "reports")
MIDDLE = {"activities", "welfare", "congress"}
MAY_IMPORT = {
    "unionoffice": set(),
    "members": {"unionoffice"},
    **{app: {"unionoffice", "members"} for app in MIDDLE},
    "funds": {"unionoffice", "members", *MIDDLE},
    "reports": {"unionoffice", "members", *MIDDLE, "funds"},
}
REPORTS_READ = {"facts", "queries", "choices", "models"}  # of the apps that hold the records

WRITES = {
    "save", "delete", "create", "update", "bulk_create", "bulk_update",
    "get_or_create", "update_or_create",
}  # fmt: skip
NOT_THE_DATABASE = {"book", "paper", "document", "clean", "digest", "values", "columns", "super"}
WRITERS = {"actions", "sample", "migrations"}  # sample.py lays out the invented school
AUDIT = "unionoffice/audit.py"  # the one write that is no act of its own

LONGEST_FILE, LONGEST_FUNCTION = 450, 50  # lines


def files_of(*apps: str) -> list[Path]:
    return sorted(path for app in apps for path in (ROOT / app).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> Iterator[str]:
    """Every module that the file imports, anywhere in it: welfare.facts, unionoffice.errors."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            submodules = [f"{module}.{alias.name}" for alias in node.names]
            if node.level:
                yield f"relative:{module}"
            elif module in APPS:
                yield from submodules
            else:
                yield module


def our_imports(path: Path) -> list[str]:
    return [module for module in imports_of(path) if module.split(".")[0] in APPS]


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_only_the_layers_below_it(app):
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in files_of(app)
        for module in our_imports(path)
        if module.split(".")[0] not in MAY_IMPORT[app] | {app}
    ]
    assert wrong == []


def test_there_are_no_relative_imports():
    relative = [
        name_of(path)
        for path in files_of(*APPS)
        if any(module.startswith("relative:") for module in imports_of(path))
    ]
    assert relative == []


def test_reports_read_the_other_apps_only_through_their_reading_side():
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in files_of("reports")
        for module in our_imports(path)
        if module.split(".")[0] in {"members", *MIDDLE, "funds"}
        and module.split(".")[1] not in REPORTS_READ
    ]
    assert wrong == []


def test_reports_count_nothing_themselves():
    """A number is counted once, in the facts of its app."""
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in files_of("reports")
        if not {"actions", "models", "queries", "migrations"} & set(parts_of(path))
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]
    assert wrong == []


def parts_of(path: Path) -> list[str]:
    return [*path.relative_to(ROOT).parts[:-1], path.stem]


def test_choices_are_leaves():
    """Anyone may import them without a cycle: they take nothing but names from the floor."""
    wrong = [
        f"{app}/choices.py imports {module}"
        for app in APPS
        if (ROOT / app / "choices.py").exists()
        for module in our_imports(ROOT / app / "choices.py")
        if module not in {"unionoffice.roles", "unionoffice.periods"}
    ]
    assert wrong == []


def test_rules_ask_nobody():
    """Rules are pure: no models, no queries, no request."""
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in files_of(*APPS)
        if "rules" in parts_of(path)
        for module in imports_of(path)
        if module.split(".")[-1] in {"queries", "actions"} or module.startswith("django.http")
    ]
    assert wrong == []


def root_name(node: ast.expr) -> str:
    """The name that a chain of attributes, calls and items starts with."""
    while not isinstance(node, ast.Name):
        inner = getattr(node, "value", None) or getattr(node, "func", None)
        if inner is None:
            return ""
        node = inner
    return node.id


def is_write(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    unsaved = any(
        k.arg == "commit" and getattr(k.value, "value", True) is False for k in node.keywords
    )
    return (
        node.func.attr in WRITES
        and not unsaved
        and root_name(node.func.value) not in NOT_THE_DATABASE
    )


def test_every_write_stands_in_actions():
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in files_of(*APPS)
        if not WRITERS & set(parts_of(path)) and name_of(path) != AUDIT
        for node in ast.walk(tree_of(path))
        if is_write(node)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("visit.save()", True),
        ("Visit.objects.filter(pk=1).update(amount=2)", True),
        ("motion.secondings.create(member=member)", True),
        ("form.save()", True),
        ("form.save(commit=False)", False),
        ("values.update(other)", False),
        ("super().save(*args)", False),
    ],
)
def test_the_search_for_writes_finds_them(line, found):
    assert is_write(ast.parse(line).body[0].value) is found


def offered_by(app: str) -> set[str]:
    """What others may call: the functions of actions.py, or those its package gives on."""
    module = import_module(f"{app}.actions")
    return {name for name, thing in vars(module).items() if inspect.isfunction(thing)}


def test_every_action_is_one_transaction():
    wrong = [
        f"{name_of(path)}:{function.name}"
        for app in APPS
        if (ROOT / app / "actions").exists() or (ROOT / app / "actions.py").exists()
        for path in files_of(app)
        if "actions" in parts_of(path)
        for function in tree_of(path).body
        if isinstance(function, ast.FunctionDef)
        and not function.name.startswith("_")
        and function.name in offered_by(app)
        and any(is_write(node) for node in ast.walk(function))
        and "transaction.atomic" not in map(ast.unparse, function.decorator_list)
    ]
    assert wrong == []


# Templates


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


INLINE = {
    "script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
}


@pytest.mark.parametrize("kind", INLINE)
def test_templates_hold_nothing_that_the_content_policy_forbids(kind):
    found = [name_of(path) for path in templates() if INLINE[kind].search(path.read_text("utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    ("kind", "html"),
    [
        ("script", "<script>alert(1)</script>"),
        ("style element", "<style>p{}</style>"),
        ("style attribute", '<p class="a" style="color:red">'),
        ("event attribute", '<a href="/" onclick="go()">'),
        ("javascript address", '<a href="javascript:go()">'),
    ],
)
def test_the_search_for_inline_code_finds_it(kind, html):
    assert INLINE[kind].search(html)


def test_templates_fetch_nothing_from_outside():
    outside = re.compile(r"""(?:src|href|action|srcset)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)
    assert [name_of(path) for path in templates() if outside.search(path.read_text("utf-8"))] == []


def compile_error(source: str) -> str:
    """What is wrong with a template; "" when nothing is."""
    try:
        engines["django"].from_string(source)
    except TemplateSyntaxError as error:
        return str(error)
    return ""


def test_every_template_compiles():
    errors = {name_of(path): compile_error(path.read_text("utf-8")) for path in templates()}
    assert {name: error for name, error in errors.items() if error} == {}
    assert "endif" in compile_error("{% if member %}")


def test_a_page_shows_a_log_only_as_far_as_it_is_for_its_reader():
    raw = re.compile(r"\blog_of\b")
    views = [path for app in APPS for path in (ROOT / app).glob("**/views*/*.py")]
    views += [ROOT / "congress/log.py", ROOT / "unionoffice/too_late.py", ROOT / "funds/views.py"]
    assert len(views) > 30
    assert [str(path) for path in views if raw.search(path.read_text())] == []


def test_permissions_asked_for_by_name_are_in_the_table():
    in_templates = re.compile(r"\bperms\.(\w+\.\w+)")
    in_code = re.compile(r"""has_perm\(\s*["']([\w.]+)["']""")
    asked = {
        (name_of(path), permission)
        for search, paths in ((in_templates, templates()), (in_code, files_of(*APPS)))
        for path in paths
        for permission in search.findall(path.read_text("utf-8"))
    }
    assert [found for found in sorted(asked) if found[1] not in GRANTS] == []


# Addresses and views


def patterns(resolver=None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from patterns(pattern)


def test_an_address_is_named_after_its_view():
    different = [(p.name, p.callback.__name__) for p in patterns() if p.name != p.callback.__name__]
    assert different == []


def test_every_view_states_its_permission():
    silent = [p.name for p in patterns() if not hasattr(p.callback, "required_permission")]
    unknown = [
        p.name
        for p in patterns()
        if getattr(p.callback, "required_permission", None) not in {None, *GRANTS}
    ]
    assert (silent, unknown) == ([], [])


def test_only_the_gate_opens_before_anyone_has_logged_in():
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE
    without_login = {p.name for p in patterns() if not getattr(p.callback, "login_required", True)}
    without_permission = {p.name for p in patterns() if p.callback.required_permission is None}
    gate = {"login", "logout", "set_up"}
    keys = {"calendar_ics"}  # an address that nobody can guess is its own key
    assert without_login == without_permission == gate | keys


def test_every_permission_guards_something():
    """A permission that no view and no code asks for is a promise that nobody keeps."""
    asked = {p.callback.required_permission for p in patterns()}
    text = "\n".join(
        path.read_text("utf-8")
        for path in [*files_of(*APPS), *templates()]
        if name_of(path) != "unionoffice/roles.py"
    )
    assert [name for name in GRANTS if name not in asked and name not in text] == []


def test_a_template_belongs_to_the_app_of_its_view_and_exists():
    wrong = []
    for path in files_of(*APPS):
        if "views" not in parts_of(path):
            continue
        app = parts_of(path)[0]
        for name in re.findall(r"""["']([\w/]+\.html)["']""", path.read_text("utf-8")):
            if (
                not name.startswith((f"{app}/", "partials/"))
                or not (ROOT / "templates" / name).exists()
            ):
                wrong.append(f"{name_of(path)}: {name}")
    assert wrong == []


def test_every_template_of_an_app_is_used():
    code = "\n".join(path.read_text("utf-8") for path in [*files_of(*APPS), *templates()])
    unused = [
        name
        for name in (path.relative_to(ROOT / "templates").as_posix() for path in templates())
        if name.split("/")[0] in APPS and f'"{name}"' not in code
    ]
    assert unused == []


# Sizes


def code_files() -> list[Path]:
    return [
        *(path for path in files_of(*APPS) if "migrations" not in path.parts),
        *sorted((ROOT / "tests").rglob("*.py")),
        *sorted((ROOT / "script").rglob("*.py")),
    ]


def test_no_file_is_too_long_to_read():
    assert [
        f"{name_of(path)}: {lines}"
        for path in code_files()
        if (lines := len(path.read_text("utf-8").splitlines())) > LONGEST_FILE
    ] == []


def test_no_function_is_too_long_to_read():
    assert [
        f"{name_of(path)}:{node.name}: {lines}"
        for path in code_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ] == []


def test_no_view_is_longer_than_a_screen():
    too_long = {
        p.name: lines
        for p in patterns()
        if (lines := len(inspect.getsource(inspect.unwrap(p.callback)).splitlines())) > 35
    }
    assert too_long == {}


def test_every_migration_has_a_name():
    named = re.compile(r"^\d{4}_(?!auto_)[a-z][a-z0-9_]+$")
    unnamed = [
        name_of(path)
        for path in files_of(*APPS)
        if path.parent.name == "migrations"
        and path.stem != "__init__"
        and not named.match(path.stem)
    ]
    assert unnamed == []
