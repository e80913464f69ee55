"""What the fields of this app's forms say instead of Django's own words."""

from unionoffice.fields import NULL_INSIDE, TOO_LONG

NOT_OFFERED = "没有这一项，从列表里选一个。"


def for_text(empty: str = "") -> dict[str, str]:
    """`empty`: what to say when nothing was written, where something has to be."""
    said = {"max_length": TOO_LONG, "null_characters_not_allowed": NULL_INSIDE}
    return said | ({"required": empty} if empty else {})


def for_choice(empty: str = "") -> dict[str, str]:
    said = {"invalid_choice": NOT_OFFERED}
    return said | ({"required": empty} if empty else {})
