"""An office that one person holds at a time: no second holder comes about in passing."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from members import actions
from members.models import OfficeHolding
from tests.factories.members import make_member, make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
SPRING = date(2026, 3, 1)


def refused(action, **values) -> str:
    before = list(OfficeHolding.objects.order_by("pk").values())
    with pytest.raises(RuleBroken) as refusal:
        action(**values)
    assert list(OfficeHolding.objects.order_by("pk").values()) == before
    return str(refusal.value)


def moved(holding: OfficeHolding, **days) -> OfficeHolding:
    for name, day in days.items():
        setattr(holding, name, day)
    return holding


@pytest.fixture
def two_chairs():
    """One after the other: (to the end of February, from March on)."""
    first, second = make_member("甲一"), make_member("乙二")
    eve = SPRING - timedelta(days=1)
    return (
        first.offices.create(office="chair", start=date(2021, 1, 1), end=eve),
        second.offices.create(office="chair", start=SPRING),
    )


UNSAID = "{}的工会主席还没有结束。写上新任从哪天起，前任到前一天为止；要两位同时任，写明为什么。"


def test_a_correction_makes_no_second_chair_in_passing(two_chairs):
    by, (first, second) = make_user(Role.ADMIN), two_chairs
    for holding, days, other in (
        (first, {"end": None}, "乙二"),
        (first, {"end": SPRING}, "乙二"),
        (second, {"start": first.end}, "甲一"),
    ):
        fresh = moved(OfficeHolding.objects.get(pk=holding.pk), **days)
        assert refused(actions.update_office, holding=fresh, by=by) == UNSAID.format(other)


def test_a_correction_that_shares_no_further_day_is_not_asked_about(two_chairs):
    by, (first, second) = make_user(Role.ADMIN), two_chairs
    first.start = date(2020, 9, 1)
    actions.update_office(holding=first, by=by)
    OfficeHolding.objects.filter(pk=first.pk).update(end=date(2026, 4, 1))
    first.refresh_from_db()
    first.note, first.end = "交接", date(2026, 3, 20)
    actions.update_office(holding=first, by=by)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.end, second.start) == (date(2026, 3, 20), SPRING)


def test_a_corrected_first_day_ends_the_earlier_chairs_office_the_day_before(two_chairs):
    by, (first, second) = make_user(Role.ADMIN), two_chairs
    second.start = date(2026, 2, 1)
    actions.update_office(holding=second, by=by, instead=True)
    first.refresh_from_db()
    assert first.end == date(2026, 1, 31)
    entry = AuditEntry.objects.get(act="members.end_office")
    told = {"holding": first.pk, "office": "chair", "end": ["2026-02-28", "2026-01-31"]}
    assert entry.changes == told


def test_a_correction_keeps_both_for_a_reason_that_is_recorded(two_chairs):
    by, (first, _) = make_user(Role.ADMIN), two_chairs
    first.end = date(2026, 3, 31)
    actions.update_office(holding=first, by=by, both_because="交接一个月")
    entry = AuditEntry.objects.get(act="members.update_office")
    assert entry.changes == {
        "office": "chair",
        "end": ["2026-02-28", "2026-03-31"],
        "both_because": "交接一个月",
    }


def test_who_began_later_is_not_ended_by_a_correction(two_chairs):
    by, (first, _) = make_user(Role.ADMIN), two_chairs
    first.end = None
    assert refused(actions.update_office, holding=first, by=by, instead=True) == (
        "乙二从2026年3月1日起才任工会主席，新任最早从第二天起。"
    )


def test_a_last_day_is_not_put_off_beyond_the_successors_first(two_chairs):
    by, (first, second) = make_user(Role.ADMIN), two_chairs
    today = timezone.localdate()
    OfficeHolding.objects.filter(pk=second.pk).update(start=today + timedelta(days=30))
    OfficeHolding.objects.filter(pk=first.pk).update(end=today + timedelta(days=29))
    sentence = refused(
        actions.end_office, holding=first, last_day=today + timedelta(days=40), by=by
    )
    assert sentence.endswith("任工会主席，最后一天写到那以前；要两位同时任，点“改”写明为什么。")


def test_a_chair_of_years_that_are_over_is_registered_beside_nobody(two_chairs):
    by, member = make_user(Role.ADMIN), make_member("丙三")
    within = OfficeHolding(member=member, office="chair", start=date(2025, 9, 1))
    assert refused(actions.appoint, holding=within, by=by) == UNSAID.format("甲一")
    before = OfficeHolding(
        member=member, office="chair", start=date(2020, 9, 1), end=date(2020, 12, 31)
    )
    actions.appoint(holding=before, by=by)
    assert member.offices.get().end == date(2020, 12, 31)


class TestACorrectionThatMakesASecondChair:
    @pytest.fixture
    def chairs(self):
        first, second = make_member("甲一"), make_member("乙二")
        return (
            first.offices.create(office="chair", start=date(2021, 1, 1), end=date(2026, 2, 28)),
            second.offices.create(office="chair", start=date(2026, 3, 1)),
        )

    @staticmethod
    def post(log_in, holding, **values):
        data = {"start": str(holding.start), "end": str(holding.end or ""), "how": "appointed"}
        url = f"/organisation/offices/{holding.pk}/edit/"
        return log_in(Role.ADMIN).post(url, data | values)

    def test_is_asked_about_as_at_registering(self, log_in, chairs):
        response = self.post(log_in, chairs[1], start="2026-02-01")
        assert response.status_code == 422
        assert response.context["form"].errors == {
            "__all__": [
                "甲一的工会主席那时还没有结束，一般只有一位。"
                "看看“前任怎么办”选得对不对，再点改好了。"
            ]
        }
        assert re.search(r'<input[^>]*value="ends"[^>]*checked', response.text)
        response = self.post(log_in, chairs[1], start="2026-02-01", earlier="ends")
        assert response.status_code == 302
        spans = OfficeHolding.objects.filter(office="chair").order_by("start")
        assert list(spans.values_list("start", "end")) == [
            (date(2021, 1, 1), date(2026, 1, 31)),
            (date(2026, 2, 1), None),
        ]

    def test_names_who_came_after_and_asks_for_the_reason(self, log_in, chairs):
        response = self.post(log_in, chairs[0], end="")
        assert response.context["form"].errors == {
            "__all__": [
                "乙二从2026年3月1日起任工会主席，日子重叠了，一般只有一位。"
                "把起止日期改到那以前；要两位同时任，写明为什么，再点改好了。"
            ]
        }
        assert re.search(r'<input[^>]*value="stays"[^>]*checked', response.text)
        assert 'value="ends"' not in response.text
        reason = {"earlier": "stays", "both_because": "交接"}
        assert self.post(log_in, chairs[0], end="2026-03-31", **reason).status_code == 302
        chairs[0].refresh_from_db()
        assert chairs[0].end == date(2026, 3, 31)

    def test_is_unlike_a_note_on_a_chair_who_has_one_beside(self, log_in, chairs):
        OfficeHolding.objects.filter(pk=chairs[0].pk).update(end=None)
        chairs[0].refresh_from_db()
        assert self.post(log_in, chairs[0], note="主持工作").status_code == 302
