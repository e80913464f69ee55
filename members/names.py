"""Pinyin of names, with surnames read as surnames (单 shan, 曾 zeng, 仇 qiu, 查 zha, 解 xie)."""

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from members.folding import name_key

# where a character is read otherwise as a surname than elsewhere, or in two-character surnames
SURNAME_READINGS = {
    "单": "shan", "單": "shan", "曾": "zeng", "仇": "qiu", "查": "zha", "解": "xie", "区": "ou",
    "區": "ou", "朴": "piao", "盖": "ge", "蓋": "ge", "翟": "zhai", "任": "ren", "华": "hua",
    "華": "hua", "覃": "qin", "繁": "po", "召": "shao", "乐": "yue", "樂": "yue", "员": "yun",
    "員": "yun", "贠": "yun", "折": "she", "缪": "miao", "繆": "miao", "尹": "yin", "洗": "xian",
    "冼": "xian", "么": "yao", "幺": "yao", "秘": "bi", "纪": "ji", "冯": "feng", "宓": "mi",
    "曲": "qu", "卜": "bu", "俞": "yu", "宿": "su", "谌": "chen", "諶": "chen", "逄": "pang",
    "哈": "ha", "柏": "bai", "贾": "jia", "祭": "zhai", "乜": "nie", "薄": "bo", "黑": "he",
    "种": "chong", "句": "gou", "佴": "nai", "能": "nai", "炅": "gui", "六": "lu", "粘": "nian",
    "尉": "wei", "过": "guo", "撒": "sa", "都": "du", "莘": "shen", "逯": "lu", "阚": "kan",
    "郗": "xi", "郄": "qie", "仉": "zhang", "眭": "sui", "车": "che", "盛": "sheng", "牟": "mou",
    "万俟": "mo qi", "尉迟": "yu chi", "尉遲": "yu chi", "单于": "chan yu", "長孫": "zhang sun",
    "长孙": "zhang sun", "澹台": "tan tai", "鲜于": "xian yu", "令狐": "ling hu",
    "宰父": "zai fu", "拓跋": "tuo ba", "乐正": "yue zheng", "呼延": "hu yan", "夏侯": "xia hou",
    "皇甫": "huang fu", "亓官": "qi guan", "子车": "zi ju", "夹谷": "jia gu", "斛律": "hu lv",
}  # fmt: skip
RARE = re.compile("[\u3007\u3400-\u4dbf\u9fa6-\u9fff\ue000-\uf8ff\U00020000-\U0003ffff]")
CORRECTED = re.compile(r"[a-z]{1,6}( [a-z]{1,6})*")


@lru_cache(maxsize=4096)
def _syllable(character: str) -> str:
    return lazy_pinyin(character, style=Style.NORMAL)[0].lower()


def syllables(name: str) -> list[str]:
    """One syllable a character; a character that has no pinyin stands as it is, and what is no
    letter, as the · of many names, falls away.

    曾晓燕 gives ["zeng", "xiao", "yan"], 买买提·吐尔逊 ["mai", "mai", "ti", "tu", "er", "xun"].
    """
    for length in (2, 1):
        if reading := SURNAME_READINGS.get(name[:length]):
            return [*reading.split(), *_each(name[length:])]
    return _each(name)


def _each(text: str) -> list[str]:
    return [_syllable(c) for c in text if _has_sound(c)]


def _has_sound(character: str) -> bool:
    """A letter of any script, or a character kept in a private area because it has no place yet."""
    return character.isalpha() or "\ue000" <= character <= "\uf8ff" or character > "\uffff"


def unread(name: str) -> str:
    """The Chinese characters whose sound nobody has told this program: 𠮷."""
    return "".join(c for c in RARE.findall(name) if not _syllable(c).isascii())


def search_keys(name: str, reading: str = "") -> tuple[str, str, str, str]:
    """What a name is searched and ordered by: "曾晓燕", "zeng xiao yan", "zengxiaoyan", "zxy"; by
    its `reading` ("wei ming") where someone corrected it."""
    return name_key(name), *_keys_of(reading.split() or syllables(name) or [name])


def _keys_of(parts: list[str]) -> tuple[str, str, str]:
    return " ".join(parts), "".join(parts), "".join(part[0] for part in parts)


def corrected(text: str, name: str) -> list[str] | None:
    """The syllables that someone wrote for a name, with or without tones and capitals: "Zēng Lè"
    gives ["zeng", "le"]. None when they are not one a character."""
    plain = " ".join(without_tones(text).lower().replace("'", " ").split())
    parts = plain.split()
    return parts if CORRECTED.fullmatch(plain) and len(parts) == len(syllables(name)) else None


TONES = str.maketrans(
    dict(zip("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm", strict=True))
)


def without_tones(text: str) -> str:
    return text.lower().translate(TONES)
