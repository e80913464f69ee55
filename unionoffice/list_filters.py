"""What a list is asked by: the words in its page's address. Nonsense there is said in a sentence."""

from itertools import chain

from django import forms

# What lists are asked by, here or elsewhere. Other words are none of ours: messengers hang their
# own on to every address that they pass on.
WORDS = frozenset(
    {
        *("tab", "state", "status", "show", "kind", "view", "sort", "order", "more", "q"),
        *("on", "day", "date", "period", "year", "month", "months", "when", "by", "since", "until"),
        *("group", "department", "moved", "gender", "employment", "age", "age_from", "age_to"),
        *("party", "campus", "education", "title", "teacher", "contract", "lacks", "of"),
        *("office", "ethnicity", "hobbies", "area", "joined_from", "joined_to"),
    }
)
NO_SUCH_TAB = {"invalid_choice": "没有这一页，从上面的几页里选。"}


class ListFilter(forms.Form):
    """Filled from the address. A word that this list is not asked by is said at the first field.
    `FURTHER`: fields that stand below the others, those of one thing beside each other."""

    FURTHER: tuple[tuple[str, ...], ...] = ()

    @property
    def further(self) -> list[list[forms.BoundField]]:
        return [[self[name] for name in names] for names in self.FURTHER]

    @property
    def below(self) -> frozenset[str]:
        return frozenset(chain(*self.FURTHER))

    def clean(self):
        data = super().clean()
        strange = [name for name in self.data if name in WORDS and name not in self.base_fields]
        if strange:
            where, name = next(iter(self.fields)), strange[0]
            self.add_error(where, f"这一页没有“{name}”这个条件，用上面的筛选来选。")
        return data

    @property
    def refusal(self) -> str:
        """The first of its sentences; "" when there is none."""
        return next((sentence for errors in self.errors.values() for sentence in errors), "")


class TabFilter(ListFilter):
    """For a list that has tabs and no other filter; the first of the tabs is shown unasked."""

    tab = forms.ChoiceField(required=False, error_messages=NO_SUCH_TAB)

    def __init__(self, data, *, tabs):
        super().__init__(data)
        self.fields["tab"].choices = [(tab, tab) for tab in tabs]
        self.first = tabs[0]

    @property
    def chosen(self) -> str:
        return (self.is_valid() and self.cleaned_data["tab"]) or self.first
