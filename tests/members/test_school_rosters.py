"""The reader on rosters as schools keep them: who is accepted, who is not, and what is read."""

import pytest

from members.roster_reader import RosterReading, read_roster
from tests.factories import odd_rosters, office_rosters, school_lists, school_rosters
from unionoffice.errors import FileRefused
from unionoffice.periods import iso_date

# the others have put themselves among the rosters
ROSTERS = {
    **school_rosters.ROSTERS,
    **school_lists.ROSTERS,
    **odd_rosters.ROSTERS,
    **office_rosters.ROSTERS,
}


def read(name: str, content: bytes) -> RosterReading:
    try:
        return read_roster(name, content)
    except FileRefused:
        return RosterReading((), ())


@pytest.mark.parametrize("name", ROSTERS)
def test_a_school_roster_is_read_as_a_careful_person_reads_it(name):
    content, people, others = ROSTERS[name]()
    reading = read(name, content)
    found = [
        (row.row, row.name, row.gender, iso_date(row.birth, row.birth_precision), row.department)
        for row in reading.accepted
    ]
    places = {(person[0], person[1]): person for person in people}
    told = [
        tuple(
            None if wanted is None else value
            for value, wanted in zip(row, places.get(row[:2], row), strict=True)
        )
        for row in found
    ]
    assert told == people
    assert [rejection.row for rejection in reading.rejected] == others
