"""The congress in the browser."""

from congress.views.congresses import (
    congress_create,
    congress_list,
    congress_update,
    seconding_rule_create,
    session_create,
    session_update,
)
from congress.views.motions import (
    motion_create,
    motion_detail,
    motion_list,
    motion_move,
    motion_retract,
    motion_second,
    motion_unsecond,
    motion_update,
)
from congress.views.notices import (
    notice_create,
    notice_detail,
    notice_list,
    notice_move,
    notice_update,
)

__all__ = [
    "congress_create",
    "congress_list",
    "congress_update",
    "motion_create",
    "motion_detail",
    "motion_list",
    "motion_move",
    "motion_retract",
    "motion_second",
    "motion_unsecond",
    "motion_update",
    "notice_create",
    "notice_detail",
    "notice_list",
    "notice_move",
    "notice_update",
    "seconding_rule_create",
    "session_create",
    "session_update",
]
