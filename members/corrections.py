"""What someone may change in the own entry, and what the office is asked to correct."""

from datetime import date

from members.choices import REQUESTED, Gender
from members.models import Member
from unionoffice.periods import Precision, iso_date

OWN_FIELDS = ("phone", "hobbies", "area")  # changed at once by whom they are about
CORRECTED = (
    "name",
    "staff_no",
    "gender",
    "birth",
    "ethnicity",
    "party",
    "education",
    "title",
    "post",
    "campus",
    "work_began",
    "arrived",
)
PLACES = ("department", "group")  # from a day on
DAYS = frozenset({"birth", "work_began", "arrived"})  # known in part, precision beside them
PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}  # by length of the text


def label_of(field: str) -> str:
    return REQUESTED.get(field) or Member._meta.get_field(field).verbose_name


def as_text(member: Member, field: str) -> str:
    """What the entry says, as a request keeps it; `member` with places, for those."""
    if field in PLACES:
        return getattr(member, f"{field}_name") or ""
    value = getattr(member, field)
    if field in DAYS:
        return iso_date(value, getattr(member, f"{field}_precision"))
    return value or ""


def in_words(field: str, text: str) -> str:
    if field == "gender" and text in Gender.values:
        return Gender(text).label
    return text or "空着"


def put(member: Member, field: str, text: str) -> tuple[str, ...]:
    """Write the text into the (unsaved) entry; gives the columns that hold it."""
    if field not in DAYS:
        setattr(member, field, (text or None) if field == "staff_no" else text)
        return (field,)
    precision = PRECISIONS.get(len(text), Precision.DAY)
    setattr(member, field, _day(text))
    setattr(member, f"{field}_precision", precision.value)
    return field, f"{field}_precision"


def _day(text: str) -> date | None:
    parts = [int(part) for part in text.split("-") if part]
    return date(*[*parts, 1, 1][:3]) if parts else None
