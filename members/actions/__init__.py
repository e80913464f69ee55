"""Every write to the roster, the dated rows and the accounts."""

from members.actions.accounts import change_own_password, open_account, reset_password, set_up
from members.actions.groups import add_group, move_to_department, move_to_group
from members.actions.history import change_dated, end_dated
from members.actions.locks import lock_account, unlock_account, unlock_returned
from members.actions.offices import appoint, end_office
from members.actions.people import PLACES, add_member, fill_search_keys, update_member
from members.actions.private import (
    change_private,
    drop_field,
    import_private,
    keep_field,
    look_at_private,
)
from members.actions.roster_imports import import_roster, keep_reading, land_roster, undo_import

__all__ = [
    "PLACES",
    "add_group",
    "add_member",
    "appoint",
    "change_dated",
    "change_own_password",
    "change_private",
    "drop_field",
    "end_dated",
    "end_office",
    "fill_search_keys",
    "import_private",
    "import_roster",
    "keep_field",
    "keep_reading",
    "land_roster",
    "lock_account",
    "look_at_private",
    "move_to_department",
    "move_to_group",
    "open_account",
    "reset_password",
    "set_up",
    "undo_import",
    "unlock_account",
    "unlock_returned",
    "update_member",
]
