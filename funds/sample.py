"""The sample school's money of the groups: last year's and this year's."""

from decimal import Decimal

from funds import actions
from funds.actions import Given
from members.models import UnionGroup
from unionoffice.periods import Period
from unionoffice.sample import Sample

GROUPS_WITH_MONEY = 6
EACH = Decimal(1500)


def fill(sample: Sample) -> None:
    groups = list(UnionGroup.objects.all()[:GROUPS_WITH_MONEY])
    for year in range(sample.first_year, sample.today.year + 1):
        note = f"{year}年1月工会委员会定"
        given = [Given(group, EACH, note) for group in groups]
        actions.allot(given=given, period=Period.year(year), by=None)
