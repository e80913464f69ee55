"""What forms say of their fields, and what they are filled from."""

import pytest
from django import forms

from unionoffice.forms import PlainWords
from unionoffice.models import Office
from unionoffice.roles import Role


class Example(PlainWords, forms.Form):
    name = forms.CharField(label="姓名", max_length=3)
    kind = forms.ChoiceField(label="称谓", choices=[("school", "学校")])
    why = forms.CharField(label="原因", error_messages={"required": "写上为什么。"})


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, [["姓名是空的，填上。"], ["称谓还没有选，选一个。"], ["写上为什么。"]]),
        (
            {"name": "欧阳明日", "kind": "x", "why": "a\0"},
            [
                ["最多 3 字，现在有 4 字，删短一点。"],
                ["称谓里没有这一项，重新选一个。"],
                ["里面有看不见的空字符，重新写一遍。"],
            ],
        ),
    ],
)
def test_a_field_without_a_sentence_of_its_own_says_which_it_is(data, errors):
    assert list(Example(data).errors.values()) == errors


def test_an_empty_post_of_the_names_says_what_is_missing(log_in):
    client = log_in(Role.CHAIR)
    response = client.post("/settings/")
    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {
        "school_name": ["学校全称是空的，填上。"],
        "short_name": ["简称是空的，填上。"],
        "kind": ["称谓还没有选，选一个。"],
        "union_name": ["工会署名是空的，填上。"],
        "higher_union_name": ["上级工会是空的，填上。"],
    }
    assert Office.objects.get().school_name == "示例市第三中学"
