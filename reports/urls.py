"""Addresses of the reports."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="report_list"),
    path("figures/<str:key>/", views.figure_detail, name="figure_detail"),
    path("<slug:kind>/", views.report_preview, name="report_preview"),
    path("<slug:kind>/export/", views.report_export, name="report_export"),
]
