"""Addresses of the roster and the accounts."""

from django.urls import path

from members.views import accounts, offices, people, roster, roster_imports

app_name = "members"
urlpatterns = [
    path("login/", accounts.login, name="login"),
    path("logout/", accounts.logout, name="logout"),
    path("password/", accounts.password_change, name="password_change"),
    path("setup/", accounts.set_up, name="set_up"),
    path("me/", people.my_profile, name="my_profile"),
    path("members/", roster.member_list, name="member_list"),
    path("members/new/", people.member_create, name="member_create"),
    path("members/find/", roster.member_find, name="member_find"),
    path("members/export/", roster.member_export, name="member_export"),
    path("organisation/groups/", offices.group_list, name="group_list"),
    path("organisation/groups/new/", offices.group_create, name="group_create"),
    path("organisation/offices/", offices.office_list, name="office_list"),
    path("organisation/offices/new/", offices.office_create, name="office_create"),
    path("organisation/offices/<int:pk>/end/", offices.office_end, name="office_end"),
    path("members/imports/new/", roster_imports.roster_import_create, name="roster_import_create"),
    path("members/imports/template/", roster_imports.roster_template, name="roster_template"),
    path(
        "members/imports/<int:pk>/",
        roster_imports.roster_import_detail,
        name="roster_import_detail",
    ),
    path(
        "members/imports/<int:pk>/confirm/",
        roster_imports.roster_import_confirm,
        name="roster_import_confirm",
    ),
    path(
        "members/imports/<int:pk>/undo/",
        roster_imports.roster_import_undo,
        name="roster_import_undo",
    ),
    path(
        "members/imports/<int:pk>/rejected/",
        roster_imports.roster_import_rejected,
        name="roster_import_rejected",
    ),
    path("members/<int:pk>/", people.member_detail, name="member_detail"),
    path("members/<int:pk>/edit/", people.member_update, name="member_update"),
    path("members/<int:pk>/account/open/", accounts.account_open, name="account_open"),
    path("members/<int:pk>/account/reset/", accounts.account_reset, name="account_reset"),
]
