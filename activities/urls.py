"""Addresses of the plans and the activity records."""

from django.urls import path

from activities.views import items, plans, records

app_name = "activities"
urlpatterns = [
    path("", records.activity_list, name="activity_list"),
    path("new/", records.activity_create, name="activity_create"),
    path("export/", records.activity_export, name="activity_export"),
    path("<int:pk>/", records.activity_detail, name="activity_detail"),
    path("<int:pk>/edit/", records.activity_update, name="activity_update"),
    path("<int:pk>/void/", records.activity_void, name="activity_void"),
    path("<int:pk>/undo/", records.activity_undo, name="activity_undo"),
    path("plans/", plans.plan_list, name="plan_list"),
    path("plans/new/", plans.plan_create, name="plan_create"),
    path("plans/import/", plans.plan_import, name="plan_import"),
    path("plans/import/<int:pk>/", plans.plan_import_detail, name="plan_import_detail"),
    path("plans/<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("plans/<int:pk>/source/", plans.plan_source, name="plan_source"),
    path("plans/<int:pk>/edit/", plans.plan_update, name="plan_update"),
    path("plans/<int:pk>/withdraw/", plans.plan_withdraw, name="plan_withdraw"),
    path("plans/<int:pk>/items/new/", items.plan_item_create, name="plan_item_create"),
    path("plans/items/", items.plan_item_list, name="plan_item_list"),
    path("plans/items/<int:pk>/", items.plan_item_detail, name="plan_item_detail"),
    path("plans/items/<int:pk>/edit/", items.plan_item_update, name="plan_item_update"),
    path("plans/items/<int:pk>/move/<slug:move>/", items.plan_item_move, name="plan_item_move"),
]
