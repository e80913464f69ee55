"""Addresses of the visits."""

from django.urls import path

from welfare import views

app_name = "welfare"
urlpatterns = [
    path("", views.visit_list, name="visit_list"),
    path("new/", views.visit_create, name="visit_create"),
    path("preview/", views.visit_preview, name="visit_preview"),
    path("export/", views.visit_export, name="visit_export"),
    path("<int:pk>/", views.visit_detail, name="visit_detail"),
    path("<int:pk>/edit/", views.visit_update, name="visit_update"),
    path("<int:pk>/void/", views.visit_void, name="visit_void"),
    path("<int:pk>/undo/", views.visit_undo, name="visit_undo"),
]
