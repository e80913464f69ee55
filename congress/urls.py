"""Addresses of the congress, its motions and the public notices."""

from django.urls import path

from congress import views

app_name = "congress"
urlpatterns = [
    path("", views.congress_list, name="congress_list"),
    path("new/", views.congress_create, name="congress_create"),
    path("<int:pk>/edit/", views.congress_update, name="congress_update"),
    path("sessions/new/", views.session_create, name="session_create"),
    path("sessions/<int:pk>/edit/", views.session_update, name="session_update"),
    path("seconding/new/", views.seconding_rule_create, name="seconding_rule_create"),
    path("motions/", views.motion_list, name="motion_list"),
    path("motions/new/", views.motion_create, name="motion_create"),
    path("motions/<int:pk>/", views.motion_detail, name="motion_detail"),
    path("motions/<int:pk>/edit/", views.motion_update, name="motion_update"),
    path("motions/<int:pk>/second/", views.motion_second, name="motion_second"),
    path("motions/<int:pk>/unsecond/", views.motion_unsecond, name="motion_unsecond"),
    path("motions/<int:pk>/retract/", views.motion_retract, name="motion_retract"),
    path("motions/<int:pk>/move/", views.motion_move, name="motion_move"),
    path("notices/", views.notice_list, name="notice_list"),
    path("notices/new/", views.notice_create, name="notice_create"),
    path("notices/<int:pk>/", views.notice_detail, name="notice_detail"),
    path("notices/<int:pk>/edit/", views.notice_update, name="notice_update"),
    path("notices/<int:pk>/move/", views.notice_move, name="notice_move"),
]
