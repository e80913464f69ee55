"""Addresses of the plans and the activity records."""

from django.urls import path

from activities.views import honours, items, plans, records, series, states

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
    path("plans/<int:pk>/state/", states.plan_state, name="plan_state"),
    path("plans/<int:pk>/move/<slug:move>/", states.plan_move, name="plan_move"),
    path("plans/<int:pk>/changes/", states.plan_changes, name="plan_changes"),
    path("plans/<int:pk>/changes/export/", states.plan_changes_export, name="plan_changes_export"),
    path("plans/<int:pk>/withdraw/", plans.plan_withdraw, name="plan_withdraw"),
    path("plans/<int:pk>/items/new/", items.plan_item_create, name="plan_item_create"),
    path("plans/items/", items.plan_item_list, name="plan_item_list"),
    path("plans/items/<int:pk>/", items.plan_item_detail, name="plan_item_detail"),
    path("plans/items/<int:pk>/edit/", items.plan_item_update, name="plan_item_update"),
    path("plans/items/<int:pk>/undo/", items.plan_item_undo, name="plan_item_undo"),
    path("plans/items/<int:pk>/move/<slug:move>/", items.plan_item_move, name="plan_item_move"),
]
urlpatterns += [
    path("honours/", honours.honour_list, name="honour_list"),
    path("honours/new/", honours.honour_create, name="honour_create"),
    path("honours/export/", honours.honour_export, name="honour_export"),
    path("honours/<int:pk>/", honours.honour_detail, name="honour_detail"),
    path("honours/<int:pk>/edit/", honours.honour_update, name="honour_update"),
    path("honours/<int:pk>/void/", honours.honour_void, name="honour_void"),
    path("honours/<int:pk>/undo/", honours.honour_undo, name="honour_undo"),
]
urlpatterns += [
    path("series/", series.series_list, name="series_list"),
    path("series/new/", series.series_create, name="series_create"),
    path("series/export/", series.series_export, name="series_export"),
    path("series/<int:pk>/", series.series_detail, name="series_detail"),
    path("series/<int:pk>/edit/", series.series_update, name="series_update"),
    path("series/<int:pk>/end/", series.series_end, name="series_end"),
    path("series/<int:pk>/reopen/", series.series_reopen, name="series_reopen"),
    path("series/<int:pk>/drop/", series.series_drop, name="series_drop"),
    path("series/<int:pk>/join/", series.series_join, name="series_join"),
    path("series/<int:pk>/leave/", series.series_leave, name="series_leave"),
    path("series/<int:pk>/people/", series.series_people, name="series_people"),
    path("series/<int:pk>/record/", series.series_record, name="series_record"),
    path(
        "series/<int:pk>/attendance/",
        series.series_attendance_export,
        name="series_attendance_export",
    ),
    path("series/people/<int:pk>/end/", series.series_member_end, name="series_member_end"),
    path("series/people/<int:pk>/back/", series.series_member_back, name="series_member_back"),
]
