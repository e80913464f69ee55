"""Put the icon files and our own state glyphs into one sprite, static/icons.svg.

Run it after adding a file to static/vendor/bootstrap-icons; a test compares the two.
"""

import re
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
ICONS = STATIC / "vendor" / "bootstrap-icons"
SPRITE = STATIC / "icons.svg"

# Shape, colour and (beside it, on the page) a word: no state is told by colour alone.
GLYPHS = {
    "plan": '<circle cx="7" cy="7" r="5.7" fill="var(--paper-0)" stroke="var(--state-plan)" stroke-width="1.5"/>',
    "doing": (
        '<circle cx="7" cy="7" r="5.7" fill="var(--paper-0)" stroke="var(--state-doing)" stroke-width="1.6"/>'
        '<path d="M7 3.2a3.8 3.8 0 0 1 0 7.6z" fill="var(--state-doing)"/>'
    ),
    "done": (
        '<circle cx="7" cy="7" r="6.5" fill="var(--state-done)"/>'
        '<path d="M4 7.2l2.1 2.1L10 5.3" fill="none" stroke="var(--paper-0)" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>'
    ),
    "late": (
        '<circle cx="7" cy="7" r="6.5" fill="var(--state-late)"/>'
        '<path d="M7 3.6v4M7 10.2v.2" stroke="var(--paper-0)" stroke-width="1.7" stroke-linecap="round"/>'
    ),
    "moved": (
        '<circle cx="7" cy="7" r="5.7" fill="var(--amber-100)" stroke="var(--state-moved)" stroke-width="1.4"/>'
        '<path d="M4.3 7h5M7.3 4.8L9.5 7 7.3 9.2" fill="none" stroke="var(--state-moved)" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/>'
    ),
    "off": (
        '<circle cx="7" cy="7" r="5.7" fill="var(--paper-0)" stroke="var(--state-off)" stroke-width="1.5"/>'
        '<path d="M3.4 10.6l7.2-7.2" stroke="var(--state-off)" stroke-width="1.5"/>'
    ),
    "extra": (
        '<rect x=".8" y=".8" width="12.4" height="12.4" rx="3" fill="var(--state-extra)"/>'
        '<path d="M7 4v6M4 7h6" stroke="var(--paper-0)" stroke-width="1.6" stroke-linecap="round"/>'
    ),
}
SEAL = (
    '<symbol id="seal" viewBox="0 0 32 32">'
    '<path fill="var(--brand)" d="M7.2 1.2C14 .6 20 .7 25.4 1.3c3.4.4 5.1 2.2 5.4 5.5.5 5.9.5 12.2 0 18.2'
    "-.3 3.6-2.1 5.4-5.6 5.7-6 .6-12.2.6-18.2 0-3.6-.3-5.4-2.1-5.7-5.6C.7 19 .7 13 1.2 7 1.5 3.4 3.5 1.5 7.2 1.2z"
    '"/><path fill="none" stroke="var(--paper-0)" stroke-width="3" stroke-linecap="square" '
    'd="M9 9.5h14M16 9.5v13M7 22.7h18"/></symbol>'
)


def icon_symbol(path: Path) -> str:
    drawing = re.search(r"<svg[^>]*>(.*)</svg>", path.read_text(), re.DOTALL)[1]
    return f'<symbol id="i-{path.stem}" viewBox="0 0 16 16">{" ".join(drawing.split())}</symbol>'


def glyph_symbol(name: str) -> str:
    return f'<symbol id="g-{name}" viewBox="0 0 14 14">{GLYPHS[name]}</symbol>'


def sprite() -> str:
    symbols = [
        SEAL,
        *(glyph_symbol(name) for name in GLYPHS),
        *(icon_symbol(path) for path in sorted(ICONS.glob("*.svg"))),
    ]
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *symbols, "</svg>", ""])


if __name__ == "__main__":
    SPRITE.write_text(sprite())
