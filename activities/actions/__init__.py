"""Every write to plans, their items and the activity records."""

from activities.actions.activities import (
    ACTIVITY_FIELDS,
    SAME_ACTIVITY,
    record_activity,
    undo_activity,
    update_activity,
    void_activity,
)
from activities.actions.imports import add_plan_from_text, keep_text, land_import
from activities.actions.plans import (
    ITEM_FIELDS,
    add_item,
    add_plan,
    move_item,
    update_item,
    update_plan,
    withdraw_plan,
)

__all__ = [
    "ACTIVITY_FIELDS",
    "ITEM_FIELDS",
    "SAME_ACTIVITY",
    "add_item",
    "add_plan",
    "add_plan_from_text",
    "keep_text",
    "land_import",
    "move_item",
    "record_activity",
    "undo_activity",
    "update_activity",
    "update_item",
    "update_plan",
    "void_activity",
    "withdraw_plan",
]
