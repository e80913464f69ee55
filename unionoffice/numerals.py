"""Numbers as one writes them in Chinese."""

DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 to 99: 八, 十, 十二, 二十, 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")
