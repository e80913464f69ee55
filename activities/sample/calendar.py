"""The sample school's terms: from the first of September, and from the end of February."""

from datetime import date

from activities.actions.calendar import add_semester
from activities.models import Semester
from unionoffice.roles import Role
from unionoffice.sample import Sample


def fill(sample: Sample) -> None:
    chair = sample.people[Role.CHAIR]
    for year in range(sample.first_year - 1, sample.today.year + 1):
        words = f"{year}—{year + 1}学年"
        for first, last, name in (
            (date(year, 9, 1), date(year + 1, 1, 20), f"{words}第一学期"),
            (date(year + 1, 2, 24), date(year + 1, 7, 3), f"{words}第二学期"),
        ):
            semester = Semester(first_day=first, last_day=last, name=name)
            add_semester(semester=semester, by=chair)
