"""Addresses of the union's money."""

from django.urls import path

from funds import views

app_name = "funds"
urlpatterns = [
    path("", views.ledger_list, name="ledger_list"),
]
