"""阵地和设备: the lists' filters, a place, its use, a thing, a file of things."""

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone

from activities.asset_reader import read_assets
from activities.choices import PlaceKind
from activities.forms.filters import PeriodFilter, choice_of
from activities.forms.wording import for_choice
from activities.models import Asset, Place, PlaceUse
from activities.queries.places import WRITTEN_OFF
from members.forms.fields import PersonPicker
from members.models import Member
from unionoffice.concurrent import ConcurrentForm
from unionoffice.errors import FileRefused
from unionoffice.fields import DayField, FilesField, ReasonField, RowsField, search_box
from unionoffice.forms import PlainWords, chips, plain_helper
from unionoffice.list_filters import ListFilter

WHO = {"invalid_choice": "名册里没有这个人，从找到的人里选一位。"}
MOST_SEATS = 32767  # what every database keeps of a PositiveSmallIntegerField
NUMBER = {"invalid": "写数字，例如 30。", "min_value": "不能是负数。"}
PRICE = {
    "invalid": "只写数字，例如 2600。",
    "max_digits": "数字太长，看一下位数写对没有。",
    "max_whole_digits": "数字太长，看一下位数写对没有。",
    "max_decimal_places": "小数点后最多两位，写到分。",
}
NO_ASSET = "有一件已经不在台账里了，重新选一下。"


class PlaceFilter(PeriodFilter):
    kind = choice_of("种类", "全部种类", PlaceKind.choices, "种类")


class UseFilter(PeriodFilter):
    """`places`: the pairs of a choice."""

    q = search_box("做什么")
    place = choice_of("哪一处", "所有地方", [], "地方")

    field_order = ["q", "period", "place"]

    def __init__(self, query, *, places):
        super().__init__(query)
        self.fields["place"].choices = [("", "所有地方"), *places]


class AssetFilter(ListFilter):
    q = search_box("名称、编号、保管人、备注")
    place = choice_of("放在哪里", "所有地方", [], "地方")
    state = choice_of("报废没有", "在用的", [(WRITTEN_OFF, "报废了的")], "状态")

    def __init__(self, query, *, places):
        super().__init__(query)
        self.fields["place"].choices = [("", "所有地方"), *places]

    @property
    def narrowed(self) -> bool:
        return bool(self.errors) or any(self.cleaned_data.values())


class PlaceForm(PlainWords, ConcurrentForm):
    together = (frozenset({"opened_on", "closed_on"}),)

    files = FilesField(label="照片和文件")

    class Meta:
        model = Place
        fields = [
            "name",
            "kind",
            "location",
            "keeper",
            "hours",
            "seats",
            "books",
            "opened_on",
            "closed_on",
            "note",
        ]
        field_classes = {"opened_on": DayField, "closed_on": DayField}
        widgets = {"kind": forms.RadioSelect, "keeper": PersonPicker}
        labels = {"seats": "能容多少人", "books": "藏书多少册"}
        help_texts = {
            "name": "例如：教工之家、羽毛球馆、职工书屋",
            "hours": "例如：周一至周五 16:30–18:30",
            "books": "有书的地方写",
        }
        error_messages = {
            "kind": for_choice("选一种。"),
            "keeper": WHO,
            "seats": NUMBER,
            "books": NUMBER,
            "name": {"unique": "已经有叫这个名字的阵地了，换个名字，或者打开那一个改。"},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = PlaceKind.choices
        self.fields["keeper"].queryset = Member.objects.all()
        self.fields["seats"].validators.append(MaxValueValidator(MOST_SEATS, "人数太多了。"))
        self.fields["files"].widget.attrs["class"] = "form-control"
        names = [chips(name) if name == "kind" else name for name in self.Meta.fields]
        self.helper = plain_helper(*names)


class UseForm(PlainWords, forms.ModelForm):
    """登记使用, on the phone."""

    class Meta:
        model = PlaceUse
        fields = ["what", "who", "day", "people"]
        field_classes = {"day": DayField}
        help_texts = {"who": "哪个小组、社团，或者谁；可以不写", "people": "不知道就空着"}
        error_messages = {
            "what": {"required": "写上做什么，例如：打乒乓球、借书。"},
            "people": NUMBER,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = timezone.localdate
        self.helper = plain_helper("what", "who", "day", "people")


class AssetForm(PlainWords, ConcurrentForm):
    class Meta:
        model = Asset
        fields = [
            "name",
            "place",
            "quantity",
            "unit",
            "price",
            "bought_on",
            "number",
            "keeper",
            "note",
        ]
        field_classes = {"bought_on": DayField}
        widgets = {
            "keeper": PersonPicker,
            "price": forms.TextInput(attrs={"inputmode": "decimal"}),
        }
        labels = {"price": "一共多少钱（元）"}
        help_texts = {"name": "例如：乒乓球台", "unit": "张、副、台", "price": "不知道就空着"}
        error_messages = {
            "name": {"required": "写上是什么，例如：乒乓球台。"},
            "quantity": {"required": "写上有几件。"} | NUMBER,
            "price": PRICE,
            "keeper": WHO,
        }

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        self.fields["place"].empty_label = "选一个"
        self.fields["keeper"].queryset = Member.objects.all()
        self.helper = plain_helper(*self.Meta.fields)


class WriteOffForm(PlainWords, forms.Form):
    day = DayField(label="哪天报废", error_messages={"required": "写上哪天报废。"})
    reason = ReasonField(
        max_length=100, error_messages={"required": "报废要写原因，例如：台面开裂，修不好。"}
    )

    helper = plain_helper()


class MoveForm(PlainWords, forms.Form):
    """Ticked things go into another place."""

    pk = RowsField(
        queryset=Asset.objects.none(),
        error_messages={"required": "先在前面打勾，选要搬的。"}
        | dict.fromkeys(("invalid_choice", "invalid_pk_value", "list"), NO_ASSET),
    )
    to = forms.ModelChoiceField(
        Place.objects.none(),
        label="搬到哪里",
        empty_label="选一个",
        error_messages={"required": "选一下搬到哪里。", "invalid_choice": "没有这个地方。"},
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args, assets, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pk"].queryset = assets
        self.fields["to"].queryset = places


class AssetFileForm(PlainWords, forms.Form):
    """Its value is (name of the file, what was read)."""

    file = forms.FileField(
        label="资产台账",
        help_text="Excel 或 CSV，有“名称”一列，再有数量、单位、金额、购置日期、存放地点、保管人",
        error_messages={"required": "选一个文件。", "empty": "这是空文件，重新选一个。"},
    )

    helper = plain_helper("file")

    def clean_file(self):
        handed_in = self.cleaned_data["file"]
        try:
            return handed_in.name, read_assets(handed_in.name, handed_in.read())
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None
