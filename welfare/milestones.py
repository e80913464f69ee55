"""What the visits know of happy occasions: who married, who had a child."""

from members.models import User
from members.queries.milestones import Joy
from unionoffice.periods import Period
from unionoffice.queries import current_office
from welfare import actions, queries
from welfare.choices import OWN, VisitKind


def joys(user: User, period: Period) -> list[Joy]:
    """The weddings and births of the period that the user may see, the newest first. Like every
    look at the visits it leaves its trace."""
    visits = queries.visits_visible_to(user).done().in_period(period)
    visits = visits.filter(kind__in=(VisitKind.WEDDING, VisitKind.BIRTH), relation__in=OWN)
    rows = queries.rows(queries.with_row_values(visits))
    actions.note_list(
        office=current_office(),
        by=user,
        act="view",
        filters={"period": period.code, "kind": f"{VisitKind.WEDDING},{VisitKind.BIRTH}"},
        rows=len(rows),
    )
    return [Joy(row.person, row.place_text, row.kind_text, row.day_text, row.url) for row in rows]
