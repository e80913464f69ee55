"""The office is set up once."""

import pytest
from django.db.models import QuerySet

from unionoffice.actions import set_up_office
from unionoffice.errors import RuleBroken
from unionoffice.models import Office


@pytest.mark.parametrize("seen", [True, False])
def test_of_two_that_set_the_office_up_the_second_is_told_so(office, seen, monkeypatch):
    monkeypatch.setattr(QuerySet, "exists", lambda self: seen)
    with pytest.raises(RuleBroken) as refused:
        set_up_office(office=Office(school_name="示例市第四中学"))
    assert str(refused.value) == "工会办公室已经设置过了，名称可以在设置里改。"
    assert Office.objects.get().school_name == "示例市第三中学"
