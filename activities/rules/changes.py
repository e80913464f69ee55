"""What differs between two states of an item, in the office's words. Pure."""

from activities.choices import ItemState, field_label
from activities.rules.items import months_text
from activities.rules.when import item_when
from unionoffice.facts import number_text

COLUMNS = (
    "事项", "月份", "时间", "板块", "对象", "负责人", "协办", "预算", "要留的材料", "状态",
)  # fmt: skip
PLAIN = frozenset({"事项", "状态"})  # said of a new item already


def words_of(item) -> dict[str, str]:
    """An item as a reader of its changes sees it: the name of each column with what it says."""
    return {
        "事项": item.text,
        "月份": months_text(item.first_month, item.last_month),
        "时间": item_when(item) if item.day or item.week or item.rhythm or item.from_time else "",
        "板块": field_label(item.field),
        "对象": item.audience,
        "负责人": str(item.responsible or ""),
        "协办": item.co_organiser,
        "预算": "" if item.budget is None else f"{number_text(item.budget)} 元",
        "要留的材料": item.evidence,
        "状态": ItemState(item.state).label,
    }


def differing_words(old, new) -> tuple[dict[str, str], dict[str, str]]:
    """(before, after), only the columns that differ; of a new item all that are filled."""
    after = words_of(new)
    if old is None:
        return {}, {name: word for name, word in after.items() if word and name not in PLAIN}
    before = words_of(old)
    changed = [name for name in after if before[name] != after[name]]
    return {n: before[n] for n in changed}, {n: after[n] for n in changed}
