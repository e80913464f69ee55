"""The fields above a list: written as plain strings, so each kind is looked at once."""

from django import forms
from django.template import Context, Template

from unionoffice.fields import PeriodField, filter_choice, search_box


class Filter(forms.Form):
    period = PeriodField()
    q = search_box("姓名、拼音")
    kind = filter_choice("事由", "所有事由", [("illness", "生病"), ("birth", "<生育>")])
    on = forms.DateField(label="哪一天", required=False)


def written(name, **data):
    form = Filter(data)
    template = Template("{% load ui %}{% filter_field field %}")
    return template.render(Context({"field": form[name]}))


def test_a_search_box_has_a_label_for_the_ear():
    box = written("q", q='"王"')
    assert '<span class="sr">姓名、拼音</span>' in box
    assert 'type="search" value="&quot;王&quot;"' in box


def test_an_empty_search_box_carries_no_value():
    assert "value" not in written("q")


def test_a_choice_marks_what_was_chosen_and_escapes_its_words():
    assert written("kind", kind="illness") == (
        '<span class="filter "><select aria-label="事由" id="id_kind" name="kind">'
        '<option value="">所有事由</option>'
        '<option value="illness" selected>生病</option>'
        '<option value="birth">&lt;生育&gt;</option></select></span>'
    )


def test_the_period_is_carried_along_unseen():
    hidden = written("period", period="2026")
    assert hidden == '<input id="id_period" name="period" type="hidden" value="2026">'


def test_a_field_that_cannot_be_read_shows_its_sentence():
    assert "看不懂期间“zzz”" in written("period", period="zzz")
    assert '<ul class="errorlist"' in written("kind", kind="zzz")
    assert 'class="filter bad"' in written("kind", kind="zzz")


def test_a_field_with_a_label_has_it_before_the_input():
    assert written("on").startswith(
        '<span class="filter "><label for="id_on">哪一天</label><input type="text"'
    )
