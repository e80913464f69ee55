"""Names and numbers as they are compared: however they were typed, the same is the same."""

import unicodedata


def name_key(text: str) -> str:
    """josegarcia for José García, 买买提吐尔逊 for 买买提・吐尔逊: letters and digits alone, without
    marks, full width or capitals; "" where there are none."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    if not plain.isalpha():
        plain = "".join(filter(_is_letter, plain))
    return plain.replace("ı", "i")  # IŞIK and Işık


def _is_letter(character: str) -> bool:
    """Also one of the private area, where rare characters are kept."""
    return character.isalnum() or unicodedata.category(character) == "Co"


def number_key(text: str) -> str:
    """ZX01 for ｚｘ０１: a 工号, a phone or a login name, half-width, without blanks, in capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
