"""Everything that the menus lead to."""

from collections.abc import Iterator

from unionoffice.menu import MENU, MORE, RECORD_ACTIVITY, RECORD_VISIT, Item


def all_items() -> Iterator[Item]:
    yield from (item for _, items in MENU for item in items)
    yield from (MORE, RECORD_VISIT, RECORD_ACTIVITY)
