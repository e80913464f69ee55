"""The menu: what a user may open, where the page belongs, what the phone's tabs are."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.urls import include, path, reverse

from tests.factories.menu import all_items
from unionoffice import menu
from unionoffice.roles import GRANTS, PERMISSIONS, Role

PAGES = {
    "unionoffice": {"home": ("", "see_home"), "more": ("more/", "see_home")},
    "activities": {
        "plan_list": ("plans/", "see_plans"),
        "activity_list": ("", "see_activities"),
        "activity_create": ("new/", "record_activity"),
    },
    "welfare": {"visit_list": ("", "see_visits"), "visit_create": ("new/", "record_visit")},
    "congress": {
        "congress_list": ("", "see_congresses"),
        "motion_list": ("motions/", "see_motions"),
        "notice_list": ("notices/", "see_notices"),
    },
    "members": {"member_list": ("", "see_members")},
    "funds": {"ledger_list": ("", "see_funds")},
    "reports": {"report_list": ("", "see_reports")},
}


def page(permission):
    def view(request):
        return HttpResponse()

    view.required_permission = permission
    return view


def routes(app):
    return [path(route, page(may), name=name) for name, (route, may) in PAGES[app].items()]


urlpatterns = [
    path("" if app == "unionoffice" else f"{app}/", include((routes(app), app))) for app in PAGES
]

EVERYTHING = frozenset(may for pages in PAGES.values() for _, may in pages.values())
TEACHER = frozenset({"see_home", "see_plans", "see_activities", "see_motions", "see_notices"})
KINDERGARTEN = SimpleNamespace(disclosure_word="园务公开")


@dataclass
class User:
    may: frozenset

    def has_perm(self, permission):
        return permission in self.may


@pytest.fixture(autouse=True)
def _fresh_addresses():
    caches = (menu.address_of, menu.permission_of)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


@pytest.fixture
def made_up_pages(settings):
    settings.ROOT_URLCONF = __name__


def labels(groups):
    return [(group.label, [item.label for item in group.items]) for group in groups]


def current(groups):
    return [item.label for group in groups for item in group.items if item.current]


@pytest.mark.usefixtures("made_up_pages")
class TestMenu:
    def test_someone_with_every_permission_sees_the_whole_menu(self):
        assert labels(menu.menu_for(User(EVERYTHING), "/")) == [
            (None, ["工作台"]),
            ("日常", ["年度计划", "活动记录", "慰问帮扶"]),
            ("民主管理", ["教代会", "提案", "校务公开"]),
            ("组织与文书", ["会员名册", "经费台账", "计划与总结"]),
        ]

    def test_a_group_with_nothing_to_open_is_left_out(self):
        assert labels(menu.menu_for(User(TEACHER), "/")) == [
            (None, ["首页"]),
            ("日常", ["年度计划", "活动记录"]),
            ("民主管理", ["提案", "校务公开"]),
        ]

    def test_a_kindergarten_reads_its_own_word(self):
        groups = menu.menu_for(User(frozenset({"see_notices"})), "/", KINDERGARTEN)
        assert labels(groups) == [("民主管理", ["园务公开"])]

    @pytest.mark.parametrize(
        ("address", "marked"),
        [
            ("/", ["工作台"]),
            ("/activities/12/", ["活动记录"]),
            ("/activities/plans/3/", ["年度计划"]),
            ("/congress/motions/8/edit/", ["提案"]),
            ("/congress/2/", ["教代会"]),
            ("/settings/", []),
        ],
    )
    def test_the_longest_address_that_fits_is_marked(self, address, marked):
        assert current(menu.menu_for(User(EVERYTHING), address)) == marked

    def test_a_page_of_a_hidden_item_is_marked_at_no_other(self):
        may = EVERYTHING - {"see_plans"}
        assert current(menu.menu_for(User(may), "/welfare/5/")) == ["慰问帮扶"]

    def test_counts_stand_at_their_item(self):
        groups = menu.menu_for(User(EVERYTHING), "/", counts={"welfare:visit_list": 2})
        counted = {i.label: i.count for g in groups for i in g.items if i.count is not None}
        assert counted == {"慰问帮扶": 2}


@pytest.mark.usefixtures("made_up_pages")
class TestTabs:
    def test_an_officer_records_from_the_middle_tab(self):
        tabs = menu.tabs_for(User(EVERYTHING), "/")
        assert [(tab.label, tab.raised) for tab in tabs] == [
            ("工作台", False),
            ("月历", False),
            ("记一笔", True),
            ("提案", False),
            ("更多", False),
        ]
        assert tabs[2].url == "/welfare/new/"

    def test_who_records_both_chooses_there(self):
        raised = next(tab for tab in menu.tabs_for(User(EVERYTHING), "/") if tab.raised)
        assert [(each.label, each.url) for each in raised.choices] == [
            ("慰问", "/welfare/new/"),
            ("活动", "/activities/new/"),
        ]

    def test_who_records_one_thing_is_asked_nothing(self):
        for may in ("record_activity", "record_visit"):
            tabs = menu.tabs_for(User(TEACHER | {may}), "/")
            assert [tab.choices for tab in tabs if tab.raised] == [()]

    def test_who_records_only_activities_gets_the_activity_form(self):
        tabs = menu.tabs_for(User(TEACHER | {"record_activity"}), "/")
        assert [tab.url for tab in tabs if tab.raised] == ["/activities/new/"]

    def test_a_teacher_has_five_plain_tabs(self):
        tabs = menu.tabs_for(User(TEACHER), "/congress/notices/", KINDERGARTEN)
        assert [(tab.label, tab.raised, tab.current) for tab in tabs] == [
            ("首页", False, False),
            ("提案", False, False),
            ("园务公开", False, True),
            ("活动", False, False),
            ("更多", False, False),
        ]

    def test_tabs_that_may_not_be_opened_are_left_out(self):
        tabs = menu.tabs_for(User(frozenset({"see_home", "see_notices"})), "/")
        assert [tab.label for tab in tabs] == ["首页", "校务公开", "更多"]

    def test_a_page_without_its_own_tab_belongs_to_more(self):
        tabs = menu.tabs_for(User(EVERYTHING), "/members/7/")
        assert [tab.label for tab in tabs if tab.current] == ["更多"]


def test_every_item_has_an_address_whose_view_states_a_known_permission():
    missing = [item.url_name for item in all_items() if item.permission not in PERMISSIONS]
    assert missing == []


def test_no_two_items_share_a_key():
    keys = [item.key for item in all_items() if item.key]
    assert len(keys) == len(set(keys))


def test_the_chair_may_open_every_item():
    barred = [i.label for i in all_items() if Role.CHAIR not in GRANTS[i.permission]]
    assert barred == []


@pytest.mark.usefixtures("office")
def test_more_names_the_pages_of_each_part_that_one_may_open(log_in):
    for role, there in ((Role.CHAIR, True), (Role.MEMBER, False)):
        page = log_in(role).get(reverse("unionoffice:more"))
        items = {item.label: item for group in page.context["menu"] for item in group.items}
        named = [each.label for each in items["活动记录"].pages]
        assert named[0] == "报名"
        assert "活动记录" not in named
        assert ("参加情况" in named) is there
        assert all(
            f'href="{each.url}">{each.label}</a>' in page.text for each in items["活动记录"].pages
        )


@pytest.mark.usefixtures("office")
def test_the_phone_offers_both_to_who_records_both(log_in):
    page = log_in(Role.CHAIR).get(reverse("unionoffice:more"))
    visit, activity = reverse("welfare:visit_create"), reverse("activities:activity_create")
    assert f'<a href="{visit}">慰问</a><a href="{activity}">活动</a>' in page.text
