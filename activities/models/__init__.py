"""Plans and the calendar, activities with their people and photos, clubs, honours, places."""

from activities.models.activities import (
    NO_DRILL,
    UNPLANNED,
    Activity,
    Check,
    ContestStage,
    Prize,
    Study,
)
from activities.models.calendar import CalendarDay, CalendarFeed, Semester
from activities.models.honours import Honour, Nominee, Selection, SelectionQuota
from activities.models.photos import Photo, PhotoUpload
from activities.models.places import Asset, Place, PlaceUse
from activities.models.plans import OwnField, Plan, PlanChange, PlanImport, PlanItem, PlanSection
from activities.models.series import Series, SeriesMember
from activities.models.signups import Participation, Signup, SignupQuota
from activities.models.stocktakes import StockCount, Stocktake

__all__ = [
    "NO_DRILL",
    "UNPLANNED",
    "Activity",
    "Asset",
    "CalendarDay",
    "CalendarFeed",
    "Check",
    "ContestStage",
    "Honour",
    "Nominee",
    "OwnField",
    "Participation",
    "Photo",
    "PhotoUpload",
    "Place",
    "PlaceUse",
    "Plan",
    "PlanChange",
    "PlanImport",
    "PlanItem",
    "PlanSection",
    "Prize",
    "Selection",
    "SelectionQuota",
    "Semester",
    "Series",
    "SeriesMember",
    "Signup",
    "SignupQuota",
    "StockCount",
    "Stocktake",
    "Study",
]
