"""Every address of the office. The apps are named as strings: the floor imports none of them."""

from django.urls import include, path

from unionoffice import views

own = [
    path("", views.home, name="home"),
    path("more/", views.more, name="more"),
    path("find/", views.find, name="find"),
    path("settings/", views.office_update, name="office_update"),
    path("audit/", views.audit_list, name="audit_list"),
    path("files/<uuid:pk>/", views.attachment_download, name="attachment_download"),
]

urlpatterns = [
    path("", include((own, "unionoffice"))),
    path("", include("members.urls")),
    path("activities/", include("activities.urls")),
    path("welfare/", include("welfare.urls")),
    path("congress/", include("congress.urls")),
    path("funds/", include("funds.urls")),
    path("reports/", include("reports.urls")),
]
