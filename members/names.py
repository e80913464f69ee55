"""Pinyin of names, with surnames read as surnames (单 shan, 曾 zeng, 仇 qiu, 查 zha, 解 xie)."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

SURNAME_READINGS = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "查": "zha", "解": "xie", "区": "ou", "朴": "piao",
    "盖": "ge", "尉迟": "yuchi", "单于": "chanyu", "万俟": "moqi", "翟": "zhai", "任": "ren",
    "华": "hua", "覃": "qin", "繁": "po", "召": "shao", "乐": "yue", "员": "yun", "折": "she",
    "缪": "miao", "尹": "yin", "洗": "xian", "冼": "xian", "么": "yao", "秘": "bi", "纪": "ji",
    "冯": "feng", "宓": "mi", "曲": "qu", "卜": "bu", "俞": "yu", "长孙": "zhangsun", "澹台": "tantai",
    "宿": "su", "谌": "chen", "逄": "pang", "哈": "ha", "柏": "bai", "贾": "jia", "祭": "zhai",
}  # fmt: skip


@lru_cache(maxsize=4096)
def _syllable(character: str) -> str:
    return lazy_pinyin(character, style=Style.NORMAL)[0].lower()


def syllables(name: str) -> list[str]:
    """One syllable a character; anything that has no pinyin stands as it is.

    曾晓燕 gives ["zeng", "xiao", "yan"].
    """
    for length in (2, 1):
        if reading := SURNAME_READINGS.get(name[:length]):
            rest = [_syllable(c) for c in name[length:] if not c.isspace()]
            return [reading, *rest]
    return [_syllable(c) for c in name if not c.isspace()]


def search_keys(name: str) -> tuple[str, str, str]:
    """What a name is ordered and searched by: "zeng xiao yan", "zengxiaoyan", "zxy"."""
    parts = syllables(name)
    return " ".join(parts), "".join(parts), "".join(part[0] for part in parts)
