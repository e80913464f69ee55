"""Finding people, activities, motions from one box. The apps answer, by name."""

from dataclasses import dataclass

from django.utils.module_loading import import_string

# (heading, permission, a query that takes (user, text) and gives a few rows)
SOURCES = (
    ("会员", "members.view_members", "members.queries.find_members"),
    ("活动", "activities.view_activities", "activities.queries.find_activities"),
    ("提案", "congress.view_motions", "congress.queries.find_motions"),
    ("公开", "congress.view_notices", "congress.queries.find_notices"),
)


@dataclass(frozen=True)
class Found:
    heading: str
    rows: list


def found_by(user, text: str) -> list[Found]:
    """The rows of each kind that `user` may see and that match; only kinds that found some."""
    groups = [
        Found(heading, list(import_string(query)(user, text)))
        for heading, permission, query in SOURCES
        if user.has_perm(permission)
    ]
    return [group for group in groups if group.rows]
