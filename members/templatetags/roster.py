"""What only the roster's pages show: why a person was found, what happens to a row."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from members.choices import RowFate
from members.importers.preview import WARNED
from unionoffice.templatetags.ui import glyph

register = template.Library()

GLYPHS = {
    RowFate.HELD: "moved",
    RowFate.REJECTED: "late",
    RowFate.CHANGED: "done",
    RowFate.NEW: "extra",
    RowFate.SAME: "off",
    WARNED: "doing",
}


@register.simple_tag
def fate_glyph(fate: str) -> str:
    return glyph(GLYPHS[fate]) if fate in GLYPHS else ""


@register.simple_tag
def marked(name: str, text: str) -> str | SafeString:
    """The name with the searched part marked."""
    before, found, after = name.partition(text)
    return format_html("{}<mark>{}</mark>{}", before, found, after) if found else name


@register.simple_tag
def marked_pinyin(pinyin: str, text: str) -> str | SafeString:
    """The syllables with what was typed marked: as first letters, else from the beginning."""
    syllables = pinyin.split()
    typed = "".join(text.lower().split())
    if "".join(s[0] for s in syllables).startswith(typed):
        parts = [(s[: i < len(typed)], s[i < len(typed) :]) for i, s in enumerate(syllables)]
    elif "".join(syllables).startswith(typed):
        parts = list(_beginning(syllables, len(typed)))
    else:
        return pinyin
    return format_html_join(
        " ", "{}{}", ((format_html("<mark>{}</mark>", a) if a else "", b) for a, b in parts)
    )


def _beginning(syllables: list[str], length: int):
    """Each syllable cut where the first `length` letters of all of them end."""
    for syllable in syllables:
        cut = min(length, len(syllable))
        yield syllable[:cut], syllable[cut:]
        length -= cut
