"""How figures become sentences: a main figure is always named, 【待补】 when nobody recorded it; a
side figure is left out together with its words when there is none."""

from collections.abc import Iterable, Mapping

from unionoffice.documents.outline import Figure, Span
from unionoffice.facts import Fact


class Figures:
    """The facts of a period by key, as spans of a sentence."""

    def __init__(self, facts: Mapping[str, Fact]):
        self.facts = facts

    def __call__(self, key: str) -> Figure:
        return Figure(self.facts[key])

    def aside(self, words: str, key: str) -> tuple[Span, ...]:
        """`words` and the figure, or nothing when there is none or it is 0."""
        return (words, self(key)) if self.facts[key].value else ()

    def any_of(self, *keys: str) -> bool:
        """Whether one of the figures was recorded."""
        return any(not self.facts[key].missing for key in keys)


def sentence(*parts: Span | Iterable[Span]) -> tuple[Span, ...]:
    """Spans and groups of spans as one row of spans."""
    spans: list[Span] = []
    for part in parts:
        spans.extend(part if isinstance(part, tuple) else (part,))
    return tuple(spans)
