"""The sample school's plans, calendar, activities with their people and photos, clubs, honours and
places."""

from activities.sample import ahead, calendar, honours, kinds, photos, places, plans, prizes, series
from unionoffice.sample import Sample

# places before what is held there, activities before their prizes and pictures
PARTS = (places, calendar, plans, kinds, series, prizes, ahead, honours, photos)


def fill(sample: Sample) -> None:
    for part in PARTS:
        part.fill(sample)
