"""Photos from phones: turned upright, shrunk, and without the data on where they were taken."""

import io
import struct
from dataclasses import dataclass

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from unionoffice.errors import FileRefused
from unionoffice.uploads import FileKind

LONGEST_SIDE = 2400  # pixels: prints well on A4
THUMBNAIL_SIDE = 480  # pixels: what a wall of photos loads
QUALITY, THUMBNAIL_QUALITY = 85, 75
MOST_PIXELS = 40_000_000  # some 160 MB while it is worked on
SHRINKS_WELL = {"L", "RGB", "RGBA", "CMYK"}  # the others would be shrunk by dropping pixels
# ValueError: more text or colours along with it than Pillow unpacks; struct.error: nonsense in the
# data of the camera
DAMAGED = (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error)
PILLOW_FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP"}


@dataclass(frozen=True)
class ShrunkPhoto:
    """A picture as it is kept, and the small one beside it."""

    content: bytes
    small: bytes
    width: int
    height: int


def without_location(name: str, content: bytes, kind: FileKind) -> bytes:
    """The same picture, upright and at most LONGEST_SIDE wide or high, with no metadata.

    Raises FileRefused when the picture is damaged or has more than MOST_PIXELS.
    """
    return _encoded(_clean(name, content, kind), kind, QUALITY)


def shrunk_photo(name: str, content: bytes, kind: FileKind) -> ShrunkPhoto:
    """As without_location, with a thumbnail made from the picture that is shrunk already."""
    clean = _clean(name, content, kind)
    small = clean.reduce(max(1, max(clean.size) // THUMBNAIL_SIDE))  # most of the way, at no cost
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return ShrunkPhoto(
        content=_encoded(clean, kind, QUALITY),
        small=_encoded(small, kind, THUMBNAIL_QUALITY),
        width=clean.width,
        height=clean.height,
    )


def _clean(name: str, content: bytes, kind: FileKind) -> Image.Image:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on, for the whole process
    try:
        with Image.open(io.BytesIO(content)) as image:
            _check_pixels(name, image)
            upright = _upright(image, _mode(image, kind))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels(name) from None
    except DAMAGED:
        raise FileRefused(f"“{name}”这张图片打不开，可能已经损坏，重新拍一张。") from None
    clean = Image.new(upright.mode, upright.size)  # a new picture carries no metadata along
    clean.paste(upright)
    return clean


def _encoded(clean: Image.Image, kind: FileKind, quality: int) -> bytes:
    out = io.BytesIO()
    clean.save(out, PILLOW_FORMATS[kind], quality=quality)
    return out.getvalue()


def _check_pixels(name: str, image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels(name)


def _too_many_pixels(name: str) -> FileRefused:
    return FileRefused(
        f"“{name}”这张图片超过 {MOST_PIXELS // 10_000} 万像素，太大了，缩小或截一部分再传。"
    )


def _upright(image: Image.Image, mode: str) -> Image.Image:
    """Shrunk before anything else is done with it: a JPEG is then not even decoded whole."""
    if image.mode not in SHRINKS_WELL:
        image = image.convert(mode)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return ImageOps.exif_transpose(image).convert(mode)


def _mode(image: Image.Image, kind: FileKind) -> str:
    """Screen colours, with transparency where the kind can hold it and the picture has any."""
    transparent = image.has_transparency_data and kind != FileKind.JPEG
    return "RGBA" if transparent else "RGB"
