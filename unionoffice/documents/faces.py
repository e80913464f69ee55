"""The five faces of 公文: what the DOCX calls them, and the free font that stands in for each in the PDF."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from unicodedata import category

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"


@dataclass(frozen=True)
class Face:
    """`name` is never shipped: Word finds it, or one of `alternatives`, on the reader's machine."""

    name: str
    alternatives: tuple[str, ...]
    family: str
    file: str

    @property
    def path(self) -> Path:
        return FONTS / self.file

    @cached_property
    def advances(self) -> dict[int, float]:
        """Code point -> width in em."""
        with TTFont(self.path, lazy=True) as font:
            em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
            return {code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}

    def width(self, sign: str) -> float:
        """In em; signs that come from the fallback font are Han characters, or take no room."""
        advance = self.advances.get(ord(sign))
        if advance is not None:
            return advance
        return 0 if category(sign) in ("Mn", "Cf", "Cc") else 1

    def measure(self, text: str) -> float:
        return sum(map(self.width, text))


XIAOBIAOSONG = Face(
    "方正小标宋简体",
    ("FZXiaoBiaoSong-B05S", "华文中宋", "STZhongsong", "宋体", "SimSun"),
    "Office XiaoBiaoSong",
    "FandolSong-Bold.otf",
)
FANGSONG = Face(
    "仿宋_GB2312",
    ("FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong"),
    "Office FangSong",
    "FandolFang-Regular.otf",
)
KAITI = Face(
    "楷体_GB2312",
    ("KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti"),
    "Office KaiTi",
    "FandolKai-Regular.otf",
)
HEITI = Face(
    "黑体",
    ("SimHei", "华文黑体", "STHeiti", "微软雅黑"),
    "Office HeiTi",
    "FandolHei-Regular.otf",
)
SONGTI = Face(
    "宋体",
    ("SimSun", "新宋体", "NSimSun", "华文宋体"),
    "Office SongTi",
    "FandolSong-Regular.otf",
)
FACES = (XIAOBIAOSONG, FANGSONG, KAITI, HEITI, SONGTI)

# 一、黑体；（一）楷体；1. 与（1）仿宋 (§7.3.3)
HEADING_FACES = {1: HEITI, 2: KAITI, 3: FANGSONG, 4: FANGSONG}
