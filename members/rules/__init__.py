"""What the roster allows. Pure: no queries, no request."""

from members.rules.accounts import (
    GIVEN_BY_OTHERS,
    HANDLED,
    ONE_HOLDER,
    TOP,
    may_handle,
    may_take,
    one_time_password,
    why_no_account,
    why_not_with,
)
from members.rules.entries import KNOWN_OF, WANTED, compatible, lacks, masked_phone, perhaps_same

__all__ = [
    "GIVEN_BY_OTHERS",
    "HANDLED",
    "KNOWN_OF",
    "ONE_HOLDER",
    "TOP",
    "WANTED",
    "compatible",
    "lacks",
    "masked_phone",
    "may_handle",
    "may_take",
    "one_time_password",
    "perhaps_same",
    "why_no_account",
    "why_not_with",
]
