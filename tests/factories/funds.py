"""The union's money for tests."""

from decimal import Decimal

from funds import actions
from funds.actions import Given
from funds.models import Allotment
from tests.factories.members import make_group
from unionoffice.periods import Period


def make_allotment(group=None, amount=1500, *, period: Period | None = None, by=None) -> Allotment:
    """Of 2026 unless `period=` is given."""
    given = Given(group or make_group(), Decimal(amount))
    return actions.allot(given=[given], period=period or Period.year(2026), by=by)[0]
