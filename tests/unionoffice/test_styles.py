"""Every class that a stylesheet names is somewhere in a page."""

import re

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
APPS = ("unionoffice", "members", "activities", "welfare", "congress", "funds", "reports")
STYLES = sorted((ROOT / "static/css").glob("*.css"))
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
# of Django, Bootstrap, crispy-forms and htmx, restyled here
FROM_OUTSIDE = re.compile(
    r"(btn|form|alert|is|was|invalid|valid|input|asterisk|htmx|visually|errorlist)(-|$)"
)

MADE = re.compile(
    r"t[1-6]|gw-h[1-4]|gw-(left|center|right)|as-(month|text|table|aside)|over-[2-7]"
)  # put together in code


def classes_in(css: str) -> set[str]:
    css = re.sub(r"/\*.*?\*/|\"[^\"]*\"|url\([^)]*\)", "", css, flags=re.DOTALL)
    selectors = re.findall(r"([^{}]+)\{", css)
    return {name for selector in selectors for name in CLASS.findall(selector)}


def words_of_the_pages() -> set[str]:
    """Whatever could be a class in a template, a script or the code that writes HTML."""
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static/js").rglob("*.js")]
    files += [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in files)
    return set(re.findall(r"-?[A-Za-z_][\w-]*", text))


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_stylesheet_names_no_class_that_no_page_has(path):
    words = words_of_the_pages()
    unknown = classes_in(path.read_text("utf-8")) - words
    unknown = {name for name in unknown if not FROM_OUTSIDE.match(name)}
    assert sorted(name for name in unknown if not MADE.fullmatch(name)) == []


def test_the_search_finds_the_classes_of_a_stylesheet():
    css = (
        '.a, .b-c > p:not(.d)::after { content: ".e"; width: .5em } @media print { .f { top: 0 } }'
    )
    assert classes_in(css) == {"a", "b-c", "d", "f"}
