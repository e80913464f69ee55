"""Nonsense in the address of a list: said in a sentence, with status 422, on every page alike."""

import re

import pytest

from tests.factories.members import make_group, make_member
from unionoffice.list_filters import WORDS
from unionoffice.roles import Role

NO_DAY = "2026-13-40"
# the lists, with everything that each is asked by
LISTS = {
    "/members/": {
        **dict.fromkeys(["tab", "sort", "moved", "period", "group", "department", "gender"], "zz"),
        **dict.fromkeys(["employment", "age", "age_from", "age_to", "party", "campus"], "zz"),
        **dict.fromkeys(["education", "title", "teacher", "contract", "lacks", "more"], "zz"),
        "on": NO_DAY,
    },
    "/members/applications/": {"tab": "zz"},
    "/members/moves/": {"period": "zz"},
    "/members/corrections/": {"tab": "zz"},
    "/members/retirements/": {
        **dict.fromkeys(["tab", "period", "group", "department"], "zz"),
        **dict.fromkeys(["since", "until"], "2026-13"),
    },
    "/members/birthdays/": {"when": "13", "by": "zz", "group": "zz"},
    "/members/milestones/": {"tab": "zz", "period": "zz", "group": "zz"},
    "/members/figures/": {"on": NO_DAY, "period": "zz"},
    "/members/accounts/": {"state": "zz", "group": "zz"},
    "/organisation/": {"on": NO_DAY},
    "/organisation/offices/": {"on": NO_DAY},
    "/organisation/groups/": {"on": NO_DAY},
    "/organisation/groups/{group}/": {"on": NO_DAY},
    "/organisation/regulations/": {"tab": "zz", "on": NO_DAY},
    "/organisation/assessments/": {"of": "zz"},
}
KNOWN = [
    (address, name, value) for address, asked in LISTS.items() for name, value in asked.items()
]
SEARCHED = {"/members/", "/members/accounts/", "/organisation/regulations/"}
SEARCHED |= {"/organisation/assessments/"}
STRANGE = [
    (address, name)
    for address, asked in LISTS.items()
    for name in ("months", "month", "tab", "sort", "state", "on", "period")
    if name not in asked
]


@pytest.fixture
def chair(log_in):
    client = log_in(Role.CHAIR)
    client.group = make_group()
    make_member("曾晓燕", group=client.group)
    return client


def told(response) -> list[str]:
    """The sentences of the page that say what is wrong."""
    found = re.findall(r'<ul class="errorlist[^>]*>(.*?)</ul>', response.text, re.DOTALL)
    found += re.findall(r'<div class="note bad.*?</div>', response.text, re.DOTALL)
    return [re.sub(r"<[^>]+>|\s+", "", text) for text in found]


@pytest.mark.parametrize(("address", "name", "value"), KNOWN)
def test_nonsense_is_said_and_the_page_still_has_its_head(chair, address, name, value):
    response = chair.get(address.format(group=chair.group.pk), {name: value})
    assert response.status_code == 422
    assert any(text.endswith("。") or "。" in text for text in told(response)), response.text
    assert "<h1>" in response.text
    if "{group}" not in address:  # its page stays, as of today
        assert ">曾晓燕<" not in response.text


@pytest.mark.parametrize(("address", "name"), STRANGE)
def test_a_word_that_other_lists_are_asked_by_is_not_passed_over(chair, address, name):
    response = chair.get(address.format(group=chair.group.pk), {name: "zz"})
    assert response.status_code == 422
    assert any(f"这一页没有“{name}”这个条件，用上面的筛选来选。" in text for text in told(response))


@pytest.mark.parametrize("address", LISTS)
def test_what_a_messenger_hangs_on_to_an_address_does_no_harm(chair, address):
    extra = {"from": "singlemessage", "isappinstalled": "0", "scene": "1", "utm_source": "x"}
    assert not WORDS & extra.keys()
    assert chair.get(address.format(group=chair.group.pk), extra).status_code == 200


@pytest.mark.parametrize("address", LISTS)
def test_without_nonsense_the_page_is_there(chair, address):
    query = {"q": "曾"} if address in SEARCHED else {}
    assert chair.get(address.format(group=chair.group.pk), query).status_code == 200


@pytest.mark.parametrize(
    ("address", "back"),
    [
        ("/members/export/?sort=zz", "/members/"),
        ("/members/moves/export/?period=zz", "/members/moves/"),
        ("/members/retirements/export/?months=zz", "/members/retirements/"),
        ("/members/birthdays/export/?when=13", "/members/birthdays/"),
        ("/members/milestones/export/?tab=zz", "/members/milestones/"),
        ("/members/figures/export/?on=2026-13-40", "/members/figures/"),
        ("/organisation/regulations/export/?on=zz", "/organisation/regulations/"),
    ],
)
def test_an_export_of_nonsense_leads_back_to_its_list_with_a_sentence(chair, address, back):
    response = chair.get(address, follow=True)
    assert response.redirect_chain == [(back, 302)]
    assert len(told(response)) == 1
