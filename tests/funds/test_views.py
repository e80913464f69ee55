"""The room for the union's money, with nothing booked in it."""

import pytest
from django.urls import reverse

from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
LEDGER = reverse("funds:ledger_list")


def test_ledger_list_says_where_money_is_recorded(log_in):
    page = log_in(Role.CHAIR).get(LEDGER).content.decode()
    assert "台账里还没有账" in page
    assert f'href="{reverse("welfare:visit_list")}">看慰问记录</a>' in page
    assert f'href="{reverse("activities:activity_list")}">看活动记录</a>' in page


def test_ledger_list_offers_no_page_that_the_reader_may_not_open(log_in):
    page = log_in(Role.SCHOOL_LEADER).get(LEDGER).content.decode()
    assert "台账里还没有账" in page
    assert "看慰问记录" not in page


def test_ledger_list_costs_only_the_frame(log_in, django_assert_num_queries):
    client = log_in(Role.TREASURER)
    with django_assert_num_queries(4):
        client.get(LEDGER)
