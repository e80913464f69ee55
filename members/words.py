"""The one word for what people write in several ways: 政治面貌 and 民族."""

import unicodedata

from members.choices import ETHNICITIES, PARTIES

PARTY_WORDS = {
    "中共党员": "党员 正式党员 中共正式党员 中共党员(正式) 共产党员 中国共产党党员 中国共产党员 中共",
    "中共预备党员": "预备党员 中共党员(预备) 党员(预备) 中国共产党预备党员 共产党预备党员",
    "共青团员": "团员 共青团 中国共产主义青年团团员",
    "民革党员": "民革 民革成员 民革会员 中国国民党革命委员会党员",
    "民盟盟员": "民盟 民盟成员 民盟会员 中国民主同盟盟员",
    "民建会员": "民建 民建成员 中国民主建国会会员",
    "民进会员": "民进 民进成员 中国民主促进会会员",
    "农工党党员": "农工党 农工党员 农工党成员 农工民主党 农工民主党党员 中国农工民主党党员",
    "致公党党员": "致公党 致公党员 致公党成员 中国致公党党员",
    "九三学社社员": "九三学社 九三社员 九三学社成员 九三",
    "台盟盟员": "台盟 台盟成员 台湾民主自治同盟盟员",
    "无党派人士": "无党派 无党派民主人士",
    "群众": "普通群众 普通公民",
}
PARTY_OF = {word: party for party, words in PARTY_WORDS.items() for word in words.split()}
PEOPLE_OF = {people.removesuffix("族"): people for people in ETHNICITIES} | {
    "维族": "维吾尔族", "蒙族": "蒙古族", "哈族": "哈萨克族", "朝族": "朝鲜族", "柯族": "柯尔克孜族",
    "塔族": "塔吉克族", "达族": "达斡尔族",
}  # fmt: skip
USUAL = {
    "party": {party: party for party in PARTIES} | PARTY_OF,
    "ethnicity": {people: people for people in ETHNICITIES} | PEOPLE_OF,
}


def usual(field: str, text: str) -> str:
    """中共党员 for 党员, 汉族 for 汉; a word that nobody knows as it is."""
    return USUAL[field].get("".join(unicodedata.normalize("NFKC", text).split()), text)
