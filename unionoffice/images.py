"""Photos from phones: turned upright, shrunk, and without the data on where they were taken."""

import io

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from unionoffice.errors import FileRefused
from unionoffice.uploads import FileKind

LONGEST_SIDE = 2400  # pixels: prints well on A4
PILLOW_FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP"}


def without_location(name: str, content: bytes, kind: FileKind) -> bytes:
    """The same picture, upright and at most LONGEST_SIDE wide or high, with no metadata.

    Raises FileRefused when the picture is damaged or has too many pixels to open.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on, for the whole process
    try:
        with Image.open(io.BytesIO(content)) as image:
            upright = ImageOps.exif_transpose(image).convert(_mode(image, kind))
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError):
        raise FileRefused(f"“{name}”这张图片打不开，可能已经损坏，请重新拍一张。") from None
    clean = Image.new(upright.mode, upright.size)  # a new picture carries no metadata along
    clean.paste(upright)
    out = io.BytesIO()
    clean.save(out, PILLOW_FORMATS[kind], quality=85)
    return out.getvalue()


def _mode(image: Image.Image, kind: FileKind) -> str:
    """Screen colours, with transparency where the kind can hold it and the picture has any."""
    transparent = image.has_transparency_data and kind != FileKind.JPEG
    return "RGBA" if transparent else "RGB"
