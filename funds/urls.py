"""Addresses of the union's money."""

from django.urls import path

from funds import views

app_name = "funds"
urlpatterns = [
    path("", views.ledger_list, name="ledger_list"),
    path("groups/", views.allotment_list, name="allotment_list"),
    path("groups/export/", views.allotment_export, name="allotment_export"),
    path("groups/new/", views.allotment_create, name="allotment_create"),
    path("groups/<int:pk>/", views.allotment_detail, name="allotment_detail"),
    path("groups/<int:pk>/edit/", views.allotment_update, name="allotment_update"),
    path("groups/<int:pk>/withdraw/", views.allotment_withdraw, name="allotment_withdraw"),
]
