"""The sample school's own rules: some in force, one replaced."""

from datetime import date, timedelta

from members import actions
from members.models import Regulation
from unionoffice.sample import Sample

GROUP_TEXT = """第一条 工会小组是工会的基本单位，按部门编组，每组设小组长一人。
第二条 小组长由本组会员推选，任期与工会委员会相同，可以连选连任。
第三条 小组长的职责：传达工会的决定，反映会员的意见；组织小组活动；会员生病住院、有丧事、有困难，当天报工会。
第四条 工会小组每学期活动不少于两次，活动要有记录。
第五条 小组活动经费按人数安排，由小组长提出用途，经工会主席同意后使用。
第六条 本制度由工会委员会解释，自通过之日起施行。"""
CARE_TEXT = """第一章 总则
第一条 为了把会员的冷暖放在心上，依据上级工会的规定，制定本办法。
第二条 慰问坚持及时、公开、一视同仁。
第二章 看望
第三条 会员生病住院，工会在得知后三天内看望。
第四条 会员结婚、生育，工会上门祝贺。
第五条 会员的父母、配偶、子女去世，工会派人吊唁，小组帮助料理。
第六条 会员退休，工会开欢送会。
第三章 记录
第七条 每次慰问都要记录时间、事由、看望的人和金额，按学期公布合计，不公布病情和家庭情况。
第八条 慰问标准按上级工会现行规定执行。"""


def adopt(sample: Sample) -> None:
    year = sample.today.year
    committee = f"{sample.today.year - 2}年9月工会委员会"
    old_care = _add("会员慰问办法（试行）", date(year - 6, 9, 1), CARE_TEXT.partition("第三章")[0])
    _add("会员慰问办法", date(year - 2, 9, 1), CARE_TEXT, adopted_by=committee)
    _add("工会小组工作制度", date(year - 2, 9, 1), GROUP_TEXT, adopted_by=committee)
    _add("工会经费使用和公开制度", date(year - 2, 9, 1), "", adopted_by="教职工代表大会")
    last_day = date(year - 2, 9, 1) - timedelta(days=1)
    actions.abolish_regulation(regulation=old_care, last_day=last_day, by=None)


def _add(title: str, start: date, text: str, **values) -> Regulation:
    regulation = Regulation(title=title, start=start, text=text.strip(), **values)
    return actions.add_regulation(regulation=regulation, by=None)
