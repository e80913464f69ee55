"""Photos: upright, of a sensible size, and without where they were taken."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from unionoffice.errors import FileRefused
from unionoffice.images import LONGEST_SIDE, without_location
from unionoffice.uploads import FileKind

RED, BLUE = (220, 30, 30), (20, 40, 200)


def photo(image: Image.Image, form: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def reopened(content: bytes, kind: FileKind = FileKind.JPEG) -> Image.Image:
    return Image.open(io.BytesIO(without_location("照片", content, kind)))


def near(pixel, colour) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(pixel[:3], colour, strict=True))


def test_the_place_and_everything_else_about_the_photo_is_gone():
    exif = Image.Exif()
    exif[0x010F] = "Phone Maker"
    exif.get_ifd(0x8825)[2] = (39.0, 54.0, 20.0)  # GPSLatitude
    content = photo(Image.new("RGB", (40, 20), RED), "JPEG", exif=exif, comment=b"at home")
    assert b"Phone Maker" in content
    clean = without_location("照片", content, FileKind.JPEG)
    assert b"Phone Maker" not in clean
    assert b"at home" not in clean
    assert dict(Image.open(io.BytesIO(clean)).getexif()) == {}


def test_a_photo_taken_sideways_is_turned_upright():
    sideways = Image.new("RGB", (40, 20), RED)
    sideways.paste(BLUE, (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned 90° clockwise
    upright = reopened(photo(sideways, "JPEG", exif=exif, quality=95))
    assert upright.size == (20, 40)
    assert near(upright.getpixel((10, 5)), BLUE)
    assert near(upright.getpixel((10, 35)), RED)


def test_a_large_photo_is_shrunk_and_a_small_one_is_not_blown_up():
    assert reopened(photo(Image.new("RGB", (4800, 1200)), "JPEG")).size == (LONGEST_SIDE, 600)
    assert reopened(photo(Image.new("RGB", (40, 20)), "JPEG")).size == (40, 20)


@pytest.mark.parametrize("kind", [FileKind.JPEG, FileKind.PNG, FileKind.WEBP])
def test_a_picture_keeps_its_kind_and_colours(kind):
    form = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[kind]
    picture = reopened(photo(Image.new("RGB", (40, 20), BLUE), form), kind)
    assert picture.format == form
    assert near(picture.convert("RGB").getpixel((20, 10)), BLUE)


def test_a_picture_with_a_palette_keeps_its_colours():
    palette = Image.new("RGB", (40, 20), RED).convert("P", palette=Image.Palette.ADAPTIVE)
    picture = reopened(photo(palette, "PNG"), FileKind.PNG)
    assert near(picture.convert("RGB").getpixel((20, 10)), RED)


def test_a_transparent_picture_stays_transparent():
    picture = reopened(photo(Image.new("RGBA", (40, 20), (0, 0, 0, 0)), "PNG"), FileKind.PNG)
    assert picture.convert("RGBA").getpixel((20, 10))[3] == 0


def test_a_photo_in_print_colours_becomes_one_for_screens():
    assert reopened(photo(Image.new("CMYK", (40, 20)), "JPEG")).mode == "RGB"


@pytest.mark.parametrize("content", [b"\xff\xd8\xff", b"\xff\xd8\xff" + bytes(500), b"text"])
def test_a_damaged_photo_is_refused(content):
    with pytest.raises(FileRefused) as refused:
        without_location("a.jpg", content, FileKind.JPEG)
    assert str(refused.value) == "“a.jpg”这张图片打不开，可能已经损坏，重新拍一张。"


def test_a_picture_that_carries_a_book_along_is_refused():
    book = PngInfo()
    book.add_text("book", "x" * 2_000_000, zip=True)
    content = photo(Image.new("RGB", (20, 20)), "PNG", pnginfo=book)
    with pytest.raises(FileRefused) as refused:
        without_location("a.png", content, FileKind.PNG)
    assert str(refused.value) == "“a.png”这张图片打不开，可能已经损坏，重新拍一张。"


def test_a_photo_with_nonsense_in_the_data_of_the_camera_is_refused():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Phone Maker"
    content = bytearray(photo(Image.new("RGB", (40, 20)), "JPEG", exif=exif))
    content[content.index(b"Exif") + 17] = 0  # a text becomes a number
    with pytest.raises(FileRefused):
        without_location("a.jpg", bytes(content), FileKind.JPEG)


def test_a_photo_that_breaks_off_is_refused_even_after_weasyprint_was_loaded(monkeypatch):
    """WeasyPrint makes Pillow fill up half a picture, for the whole process."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    content = photo(Image.effect_noise((200, 200), 80).convert("RGB"), "JPEG")
    with pytest.raises(FileRefused):
        without_location("a.jpg", content[: len(content) // 2], FileKind.JPEG)


def heading_of_a_png(width: int, height: int) -> bytes:
    """What Pillow reads before it decodes anything."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    end = struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(chunk) - 4) + chunk + end + b"\0\0\0\1IDAT"


@pytest.mark.parametrize(("width", "height"), [(8000, 5001), (13000, 13000), (60000, 60000)])
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded(width, height, monkeypatch):
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: pytest.fail("decoded"))
    with pytest.raises(FileRefused) as refused:
        without_location("a.png", heading_of_a_png(width, height), FileKind.PNG)
    assert str(refused.value) == ("“a.png”这张图片超过 4000 万像素，太大了，缩小或截一部分再传。")


def test_a_large_jpeg_is_not_decoded_whole(monkeypatch):
    sizes, convert = [], Image.Image.convert
    content = photo(Image.new("RGB", (10_000, 4000), BLUE), "JPEG")

    def watched(image, *args, **kwargs):
        sizes.append(image.size)
        return convert(image, *args, **kwargs)

    monkeypatch.setattr(Image.Image, "convert", watched)
    assert near(reopened(content).getpixel((20, 10)), BLUE)
    assert sizes == [(2400, 960)]
