"""The shared pages: where the home page leads, and what the office's names are refused with."""

import pytest
from django.urls import reverse

from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
HOME, SETTINGS = reverse("unionoffice:home"), reverse("unionoffice:office_update")


def text_of(response) -> str:
    return response.content.decode()


def test_who_keeps_the_roster_is_led_there_when_nothing_waits(log_in):
    assert "看会员名册" in text_of(log_in(Role.ADMIN).get(HOME))
    assert "看会员名册" not in text_of(log_in(Role.MEMBER).get(HOME))


def test_the_office_s_names_are_refused_in_plain_words(log_in):
    admin = log_in(Role.ADMIN)
    names = {"school_name": "学" * 61, "short_name": "", "kind": "zoo", "union_name": "工\0会"}
    response = admin.post(SETTINGS, names)
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "school_name": ["最多 60 字，现在有 61 字，删短一点。"],
        "short_name": ["简称是空的，填上。"],
        "kind": ["称谓里没有这一项，重新选一个。"],
        "union_name": ["里面有看不见的空字符，重新写一遍。"],
        "higher_union_name": ["上级工会是空的，填上。"],
    }


def test_the_browser_leaves_the_refusing_to_the_office(log_in):
    page = text_of(log_in(Role.ADMIN).get(SETTINGS))
    assert '<form class="cols form-cols" method="post" data-signature novalidate>' in page
