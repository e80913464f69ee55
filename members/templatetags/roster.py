"""What only the roster's pages show: why a person was found, what happens to a row."""

from html import escape
from itertools import combinations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from members.choices import RowFate
from members.folding import name_key
from members.importers.preview import WARNED
from members.names import unread
from unionoffice.templatetags.ui import glyph, icon, tag

register = template.Library()
register.filter("unread", unread)

GLYPHS = {
    RowFate.HELD: "moved",
    RowFate.REJECTED: "late",
    RowFate.CHANGED: "done",
    RowFate.NEW: "extra",
    RowFate.SAME: "off",
    RowFate.SKIPPED: "off",
    WARNED: "doing",
}


@register.simple_tag
def member_row(row: dict) -> SafeString:
    """One person on the list, for those who see the whole roster. Written out: fifty a page."""
    offices = " ".join(map(tag, row["offices"] or ()))
    return _row(
        row,
        f'<td class="muted p0">{escape(row["staff_no"])}</td>'
        f'<td class="p2">{escape(row["group"])}</td>'
        f'<td class="p2">{escape(row["department"])}</td>'
        f'<td class="p0">{escape(row["post"])}</td>'
        f'<td class="r p0">{row["age"]}</td>'
        f'<td class="muted p0">{row["joined"]}</td>'
        f'<td class="muted p0">{escape(row["phone"])}</td>'
        f'<td class="p1">{offices}</td>'
        f'<td class="p3">{_lacking(row["lacks"])}</td>',
    )


@register.simple_tag
def gone_member_row(row: dict) -> SafeString:
    """One person on the list of those who went."""
    return _row(
        row,
        f'<td class="muted p0">{escape(row["staff_no"])}</td>'
        f'<td class="nowrap p1">{row["day"]}</td>'
        f'<td class="p1">{escape(row["how"])}</td>'
        f'<td class="p2">{escape(row["group"])}</td>'
        f'<td class="p2">{escape(row["department"])}</td>'
        f'<td class="muted p0">{escape(row["phone"])}</td>',
    )


@register.simple_tag
def group_member_row(row: dict) -> SafeString:
    """One person on the list, for the leader of the group."""
    return _row(
        row,
        f'<td class="p2">{escape(row["group"])}</td>'
        f'<td class="p2">{escape(row["department"])}</td>'
        f'<td class="muted p3">{escape(row["phone"])}</td>'
        f'<td class="p2">{row["birthday"]}</td>',
    )


def _row(row: dict, cells: str) -> SafeString:
    name = escape(row["name"])
    return mark_safe(
        '<tr><td class="ck"><label><input class="form-check-input" type="checkbox" name="pk"'
        f' value="{row["pk"]}" aria-label="选{name}"></label></td>'
        f'<th scope="row"><a href="{row["url"]}">{name}</a></th>{cells}</tr>'
    )


def _lacking(words: list[str]) -> str:
    if not words:
        return f'<span class="muted">{icon("check2")}<span class="sr">完整</span></span>'
    return f'<span class="due soon" title="缺{"、".join(words)}">缺 {len(words)} 项</span>'


@register.simple_tag
def fate_glyph(fate: str) -> str:
    return glyph(GLYPHS[fate]) if fate in GLYPHS else ""


@register.simple_tag
def marked(name: str, text: str) -> str | SafeString:
    """The name with the searched part marked."""
    key = name_key(text)
    for first, last in combinations(range(len(name) + 1), 2) if key in name_key(name) else ():
        found = name[first:last]
        if name_key(found) == key and name_key(found[0]):
            return format_html("{}<mark>{}</mark>{}", name[:first], found, name[last:])
    return name


@register.simple_tag
def marked_pinyin(pinyin: str, text: str) -> str | SafeString:
    """The syllables with what was typed marked: as first letters, else from the beginning."""
    syllables = pinyin.split()
    typed = name_key(text)
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
