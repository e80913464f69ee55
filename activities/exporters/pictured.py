"""What papers with photos share: the photo as print can hold it, and Word's paragraphs."""

import base64
from io import BytesIO

import docx
from django.utils.safestring import SafeString, mark_safe
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from PIL import Image

from activities.models import Photo
from unionoffice.documents.outline import printable

MARGINS_MM = (25, 26, 20, 28)  # top, right, bottom, left
LINE_MM = 156  # the width between the margins
QUALITY = 85


def photo_bytes(photo: Photo, widest: int = 0) -> bytes:
    """As Word can hold it; not wider or higher than `widest` pixels, if that is given."""
    with photo.image.open() as file:
        content = file.read()
    small = not widest or max(photo.width, photo.height) <= widest
    if photo.kind != "webp" and small:
        return content
    picture = Image.open(BytesIO(content))
    picture.draft("RGB", (widest, widest) if widest else None)
    clean = picture.convert("RGB")
    if widest:
        clean.thumbnail((widest, widest))
    out = BytesIO()
    clean.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def as_address(picture: bytes) -> SafeString:
    """For src= of an image that stands in the page itself."""
    return mark_safe(f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}")


def a4_paper() -> Paper:
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    sides = ("top_margin", "right_margin", "bottom_margin", "left_margin")
    for side, margin in zip(sides, MARGINS_MM, strict=True):
        setattr(section, side, Mm(margin))
    section.header_distance = section.footer_distance = Mm(8)
    return paper


def add_paragraph(paper, text: str, face: str, size: float):
    """`paper`: or a cell of a table."""
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    write(paragraph, text, face, size)
    return paragraph


def write(paragraph, text: str, face: str, size: float) -> None:
    run = paragraph.add_run(printable(text))
    run.font.name, run.font.size = face, Pt(size)
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), face)


def add_centred(paper, text: str, face: str, size: float, colour: RGBColor | None = None) -> None:
    paragraph = add_paragraph(paper, text, face, size)
    paragraph.runs[0].font.color.rgb = colour
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(6)
