"""The PDF's stylesheet, written from the measures."""

from functools import cache

from unionoffice.documents import measures as m
from unionoffice.documents.faces import FACES, FANGSONG, HEITI, KAITI, SONGTI, XIAOBIAOSONG, Face

# Han characters that the five faces lack, as in names, come from the machine's Noto.
FALLBACK = '"Noto Serif CJK SC", "Noto Sans CJK SC", serif'

PAGE_NUMBER = '"— " counter(page) " —"'

SHEET = """
@page {{
  size: {paper[0]}mm {paper[1]}mm;
  margin: {top}mm {right}mm {bottom}mm {left}mm;
}}
@page :right {{ @bottom-right {{ {number}; padding-right: {number_size}pt }} }}
@page :left {{ @bottom-left {{ {number}; padding-left: {number_size}pt }} }}
html {{ font: {body}pt {fangsong}; line-height: {pitch}pt; font-kerning: none; color: #000 }}
body, h1, h2, h3, h4, h5, p {{ margin: 0; font: inherit }}
p {{ height: {pitch}pt; letter-spacing: {tracking}pt; white-space: nowrap }}
h1 {{ font: {title}pt/{pitch}pt {xiaobiaosong}; text-align: center; margin-bottom: {pitch}pt }}
h2, h3, h4, h5, .leads {{ break-inside: avoid; break-after: avoid }}
section {{ break-before: page }}
section h1 {{ margin-top: {pitch}pt }}
.first {{ padding-left: {indent}pt }}
.hei {{ font-family: {heiti} }}
.kai {{ font-family: {kaiti} }}
.kept {{ break-inside: avoid }}
.stays {{ break-before: avoid }}
.part {{
  height: auto; white-space: normal; text-align: center; font-family: {heiti};
  break-after: avoid; margin-top: {pitch}pt;
}}
h1 + .part {{ margin-top: 0 }}
.caption {{
  break-after: avoid; letter-spacing: 0; text-align: center; white-space: normal;
  height: auto; font: {small}pt/{pitch}pt {heiti};
}}
table {{
  width: 100%; table-layout: fixed; border-collapse: collapse;
  margin-bottom: {gap}pt; font-size: {small}pt; line-height: {row_pitch}pt;
}}
tr {{ break-inside: avoid }}
th, td {{ border: {hairline}pt solid #000; padding: {padding}pt {cell_padding}pt; overflow-wrap: anywhere }}
th {{ font: inherit; font-family: {heiti}; text-align: center }}
.left {{ text-align: left }}
.center {{ text-align: center }}
.right {{ text-align: right }}
"""

# The margin box is as high as the bottom margin; the number hangs from its upper edge.
NUMBER = "content: {content}; font: {size}pt/1 {family}; vertical-align: top; padding-top: {drop}pt"


@cache
def stylesheet() -> str:
    return font_faces() + SHEET.format(
        paper=m.PAPER_MM,
        top=m.TOP_MM,
        right=m.RIGHT_MM,
        bottom=m.BOTTOM_MM,
        left=m.LEFT_MM,
        number=_number(),
        number_size=m.PAGE_NUMBER_SIZE,
        title=m.TITLE_SIZE,
        body=m.BODY_SIZE,
        small=m.TABLE_SIZE,
        pitch=m.LINE_PITCH,
        tracking=m.TRACKING,
        indent=m.INDENT_CHARS * m.CELL,
        row_pitch=m.TABLE_PITCH,
        padding=round(m.TABLE_PADDING, 2),
        cell_padding=m.CELL_PADDING,
        gap=m.TABLE_GAP,
        hairline=m.HAIRLINE,
        xiaobiaosong=_family(XIAOBIAOSONG),
        fangsong=_family(FANGSONG),
        kaiti=_family(KAITI),
        heiti=_family(HEITI),
    )


def font_faces() -> str:
    """The rules that name the files of the five faces."""
    return "".join(map(_font_face, FACES))


def _font_face(face: Face) -> str:
    return f'@font-face {{ font-family: "{face.family}"; src: url("{face.path.as_uri()}") }}'


def _family(face: Face) -> str:
    return f'"{face.family}", {FALLBACK}'


def _number() -> str:
    return NUMBER.format(
        content=PAGE_NUMBER,
        size=m.PAGE_NUMBER_SIZE,
        family=_family(SONGTI),
        drop=m.NUMBER_DROP,
    )
