"""The roster's desk: what a user may keep. Pure."""

from collections.abc import Collection

from unionoffice.errors import RuleBroken

MOST_VIEWS = 20  # a user


def refuse_one_more_view(name: str, kept: Collection[str]) -> None:
    """Raises RuleBroken when one of the names in `kept` is the same, or they are too many."""
    refuse_same_name(name, kept)
    if len(kept) >= MOST_VIEWS:
        raise RuleBroken(f"已经存了 {MOST_VIEWS} 个，删掉不用的再存。")


def refuse_same_name(name: str, kept: Collection[str]) -> None:
    if name in kept:
        raise RuleBroken(f"已经有一个叫“{name}”的，换一个名称。")
