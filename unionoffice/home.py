"""The home page: what waits for this user, and the year so far. The apps answer, by name."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.module_loading import import_string

from unionoffice.facts import Fact
from unionoffice.periods import Period

# Each takes (user, today, period) and gives its app's HomePart, with only what the user may see.
PARTS = (
    "activities.home.home_part",
    "activities.home.records_part",
    "activities.home.signups_part",
    "activities.home.selections_part",
    "welfare.home.home_part",
    "congress.home.home_part",
    "members.home.home_part",
    "members.home.messages_part",
    "members.home.invitation_part",
    "funds.home.home_part",
)


@dataclass(frozen=True)
class Todo:
    """One row of the home page: it ends in the single button that does it."""

    kind: str  # two characters: 活动, 慰问, 提案
    title: str
    detail: str
    url: str
    due: date
    act_label: str
    act_url: str
    late: bool = False


@dataclass(frozen=True)
class HomeFigure:
    """One block of "今年到现在": a fact, a second one below it, and twelve months as bars."""

    label: str
    fact: Fact
    second: Fact | None = None
    bars: tuple[int | None, ...] = ()  # None: the month is still to come


@dataclass(frozen=True)
class DateAhead:
    day: date
    text: str
    url: str


@dataclass(frozen=True)
class RibbonMonth:
    """One month of the plan's strip: its marks (names of state glyphs) and its counts."""

    number: int
    url: str
    marks: tuple[str, ...]
    done: int
    planned: int
    current: bool


@dataclass(frozen=True)
class HomeMessage:
    """A few sentences to this user, there until they are read."""

    text: str
    sender: str
    at: datetime
    read_url: str


@dataclass(frozen=True)
class HomePart:
    """What one app puts on the home page."""

    todos: tuple[Todo, ...] = ()
    figures: tuple[HomeFigure, ...] = ()
    dates: tuple[DateAhead, ...] = ()
    ribbon: tuple[RibbonMonth, ...] = ()
    messages: tuple[HomeMessage, ...] = ()
    has_plan: bool = False


@dataclass(frozen=True)
class TodoGroup:
    heading: str
    todos: list[Todo]


@dataclass(frozen=True)
class Home:
    todo_groups: list[TodoGroup]
    figures: list[HomeFigure]
    dates: list[DateAhead]
    ribbon: list[RibbonMonth]
    due_today: int
    messages: list[HomeMessage] = field(default_factory=list)
    has_plan: bool = False

    @property
    def has_members(self) -> bool:
        """More than the one who set the office up."""
        heads = (f.fact.value for f in self.figures if f.fact.key == "members.active")
        return any(number and number > 1 for number in heads)

    @property
    def has_records(self) -> bool:
        return self._knows("activities.") or self._knows("welfare.")

    @property
    def started(self) -> bool:
        """Whether the first steps are all done; until then the page shows them."""
        return self.has_members and self.has_plan and self.has_records

    def _knows(self, app: str) -> bool:
        return any(f.fact.key.startswith(app) and not f.fact.missing for f in self.figures)


def home_of(user, today: date, period: Period) -> Home:
    """Everything on the home page of `user`."""
    parts = [import_string(path)(user, today, period) for path in PARTS]
    todos = sorted((t for p in parts for t in p.todos), key=lambda t: (t.due, t.title))
    return Home(
        todo_groups=grouped(todos, today),
        figures=[f for p in parts for f in p.figures],
        dates=sorted((d for p in parts for d in p.dates), key=lambda d: d.day),
        ribbon=[m for p in parts for m in p.ribbon],
        due_today=sum(t.due <= today for t in todos),
        messages=[m for p in parts for m in p.messages],
        has_plan=any(p.has_plan for p in parts),
    )


def grouped(todos: list[Todo], today: date) -> list[TodoGroup]:
    """今天 (with what is late), 这一周, 这个月, 以后; only those that hold something."""
    bounds = {
        "今天": today,
        "这一周": today + timedelta(days=6 - today.weekday()),
        "这个月": Period.month(today.year, today.month).end,
        "以后": date.max,
    }
    groups: dict[str, list[Todo]] = {}
    for todo in todos:
        heading = next(name for name, until in bounds.items() if todo.due <= until)
        groups.setdefault(heading, []).append(todo)
    return [TodoGroup(heading, rows) for heading, rows in groups.items()]
