"""Every write to plans, their items and the activity records."""

from activities.actions.activities import (
    ACTIVITY_FIELDS,
    SAME_ACTIVITY,
    announce_activity,
    call_off_activity,
    hold_activity,
    record_activity,
    resume_activity,
    undo_activity,
    unhold_activity,
    update_activity,
    void_activity,
)
from activities.actions.changes import keep_change, undo_item_change
from activities.actions.details import Details, attach_documents, mend_check
from activities.actions.fields import (
    add_field,
    close_field,
    drop_field,
    rename_field,
    reopen_field,
)
from activities.actions.imports import add_plan_from_text, choose_line, keep_text, land_import
from activities.actions.items import ITEM_FIELDS, add_item, move_item, update_item
from activities.actions.photo_uploads import (
    finish_upload,
    forget_upload,
    receive_piece,
    start_upload,
    sweep_photos,
    take_piece,
)
from activities.actions.photos import (
    add_photos,
    choose_cover,
    drop_removed_photos,
    move_photo,
    note_photos_export,
    remove_photo,
    restore_photo,
    update_photo,
)
from activities.actions.plans import (
    add_plan,
    carry_plan,
    move_plan,
    update_plan,
    withdraw_plan,
)
from activities.actions.prizes import add_prizes, drop_prize, restore_prize, update_prize
from activities.actions.sections import (
    add_section,
    drop_section,
    restore_section,
    shift_section,
    update_section,
)

__all__ = [
    "ACTIVITY_FIELDS",
    "ITEM_FIELDS",
    "SAME_ACTIVITY",
    "Details",
    "add_item",
    "add_photos",
    "add_plan",
    "add_plan_from_text",
    "add_prizes",
    "announce_activity",
    "attach_documents",
    "call_off_activity",
    "choose_cover",
    "choose_line",
    "drop_prize",
    "drop_removed_photos",
    "finish_upload",
    "forget_upload",
    "hold_activity",
    "keep_change",
    "keep_text",
    "land_import",
    "mend_check",
    "move_item",
    "move_photo",
    "move_plan",
    "note_photos_export",
    "receive_piece",
    "record_activity",
    "remove_photo",
    "restore_photo",
    "restore_prize",
    "resume_activity",
    "start_upload",
    "sweep_photos",
    "take_piece",
    "undo_activity",
    "undo_item_change",
    "unhold_activity",
    "update_activity",
    "update_item",
    "update_photo",
    "update_plan",
    "update_prize",
    "void_activity",
    "withdraw_plan",
]
