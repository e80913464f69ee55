"""Finding people, activities, motions from one box. The apps answer, by name."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Model
from django.utils.module_loading import import_string

from unionoffice.periods import chinese_date

# (heading, permission, a query that takes (user, text) and gives a few rows, the attribute of a
# row that tells it from others of the same name)
SOURCES = (
    ("会员", "members.view_members", "members.queries.find_members", "department_name"),
    ("制度", "members.view_regulations", "members.queries.find_regulations", "start"),
    ("工会小组", "members.view_members", "members.queries.groups.find_groups", "get_kind_display"),
    ("小组", "members.view_organisation", "members.queries.bodies.find_working_groups", "start"),
    (
        "考核",
        "members.view_assessments",
        "members.queries.assessments.find_assessments",
        "assessed_on",
    ),
    ("职称", "members.view_forecasts", "members.queries.titles.find_titles", "day"),
    ("活动", "activities.view_activities", "activities.queries.find_activities", "when_text"),
    ("报名", "activities.sign_up", "activities.queries.signups.find_signups", "day"),
    ("计划", "activities.view_plans", "activities.queries.find_items", "when_text"),
    ("荣誉", "activities.view_honours", "activities.queries.find.find_honours", "whose"),
    ("评选", "activities.view_selections", "activities.queries.find.find_selections", "started_on"),
    ("社团", "activities.view_series", "activities.queries.find.find_series", "get_kind_display"),
    ("阵地", "activities.view_places", "activities.queries.find.find_places", "location"),
    ("资产", "activities.view_places", "activities.queries.find.find_assets", "place"),
    ("提案", "congress.view_motions", "congress.queries.find_motions", "opened_on"),
    ("公开", "congress.view_notices", "congress.queries.find_notices", "published_on"),
)


@dataclass(frozen=True)
class Row:
    name: str
    url: str
    beside: str


@dataclass(frozen=True)
class Found:
    heading: str
    rows: list[Row]


def found_by(user, text: str) -> list[Found]:
    """The rows of each kind that `user` may see and that match; only kinds that found some."""
    groups = [
        Found(heading, [_row(record, beside) for record in import_string(query)(user, text)])
        for heading, permission, query, beside in SOURCES
        if user.has_perm(permission)
    ]
    return [group for group in groups if group.rows]


def _row(record: Model, beside: str) -> Row:
    value = getattr(record, beside) or ""
    value = value() if callable(value) else value
    text = chinese_date(value) if isinstance(value, date) else str(value)
    return Row(str(record), record.get_absolute_url(), text)
