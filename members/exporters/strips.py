"""The sheet of strips that are cut apart and handed out: how someone logs in for the first time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html

from members.account_desk import Draft
from unionoffice.documents.faces import FANGSONG, HEITI
from unionoffice.documents.outline import printable
from unionoffice.documents.pdf import html_as_pdf
from unionoffice.documents.stylesheet import FALLBACK, font_faces
from unionoffice.models import Office

ON_A_PAGE = 12

SHEET = f"""
@page {{ size: A4; margin: 12mm 10mm }}
body {{ margin: 0; font: 10.5pt/1.5 "{FANGSONG.family}", {FALLBACK} }}
.page {{ break-after: page }}
.page:last-child {{ break-after: auto }}
table {{ width: 190mm; border-collapse: collapse; table-layout: fixed }}
td {{ box-sizing: border-box; width: 95mm; height: 44mm; padding: 3mm 5mm; border: .5pt dashed #555; vertical-align: top }}
td.none {{ border: 0 }}
b {{ font: 13pt/1.4 "{HEITI.family}", {FALLBACK} }}
i {{ font-style: normal; color: #444 }}
.row {{ display: flex; margin-top: 1mm }}
.row span {{ width: 17mm; color: #444 }}
.row code {{ font: 13pt/1.3 "DejaVu Sans Mono", monospace; letter-spacing: .6pt }}
.hint {{ margin: 1.6mm 0 0; font-size: 9pt; line-height: 1.35; overflow-wrap: anywhere }}
"""


@dataclass(frozen=True)
class Strip:
    """`place`: the group or department, for whoever hands it out."""

    name: str
    place: str
    login: str
    password: str


def strips_of(
    drafts: Iterable[Draft], places: dict[int, str], groups: Sequence[str] = ()
) -> list[Strip]:
    """One for each; those of one group one after the other, in the order of `groups`."""
    order = {name: number for number, name in enumerate(groups)}
    found = [
        Strip(d.member.name, places.get(d.member.pk, ""), d.username, d.password) for d in drafts
    ]
    return sorted(found, key=lambda strip: (order.get(strip.place, len(order)), strip.place))


def strips_pdf(strips: list[Strip], office: Office, address: str) -> bytes:
    """Twelve on an A4 page, to be cut along the lines. `address`: where one logs in."""
    pages = "".join(_pages(strips, office, address))
    return html_as_pdf(
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>账号条</title><style>{font_faces()}{SHEET}</style></head>"
        f"<body>{pages}</body></html>"
    )


def _pages(strips: list[Strip], office: Office, address: str) -> Iterator[str]:
    for start in range(0, len(strips), ON_A_PAGE):
        cells = [_cell(strip, office, address) for strip in strips[start : start + ON_A_PAGE]]
        cells += ['<td class="none"></td>'] * (len(cells) % 2)
        rows = (
            f"<tr>{one}{other}</tr>" for one, other in zip(cells[::2], cells[1::2], strict=True)
        )
        yield f'<div class="page"><table>{"".join(rows)}</table></div>'


def _cell(strip: Strip, office: Office, address: str) -> str:
    return format_html(
        "<td><b>{}</b>　<i>{}</i>"
        '<div class="row"><span>网址</span>{}</div>'
        '<div class="row"><span>登录名</span><code>{}</code></div>'
        '<div class="row"><span>初始密码</span><code>{}</code></div>'
        '<p class="hint">{}工会办公室。第一次登录会要您换成自己的密码，换好以后这张条就没用了。</p></td>',
        printable(strip.name),
        printable(strip.place),
        printable(address),
        printable(strip.login),
        strip.password,
        printable(office.short_name),
    )
