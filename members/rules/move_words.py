"""Why a move of the 会籍 does not start where someone stands, as one would say it. Pure."""

from members.choices import EmploymentStatus, Standing

S, WORK = Standing, EmploymentStatus
DEAD = "已登记去世，不再办会籍变动；登记错了，在资料页撤销那一次。"
FROM_STANDING = {
    S.NEVER: {
        "restore": "以前不是会员，没有会籍可以恢复，办“入会”或者“转入”。",
        "return": "不是会员，返岗不在这里办，点“改资料”改在岗情况。",
        "retain": "不是会员，没有会籍可以保留。",
        "transfer_out": "不是会员，没有会籍可以转出。",
        "resign": "不是会员，不用退会。",
        "lapse": "不是会员，不用退会。",
        "expel": "不是会员，谈不上除名。",
        "die": "不是会员，没有会籍要结束，去世不在这里登记。",
        "mistake": "没有记成会员，没有要去掉的会籍。",
    },
    S.ACTIVE: {
        "join": "已经是会员，不用再入会。",
        "transfer_in": "已经是会员，不用再转入。",
        "restore": "现在就在册，不用恢复会籍。",
    },
    S.RETAINED: {
        "join": "的会籍还保留着，要重新在册就办“恢复会籍”。",
        "transfer_in": "的会籍还保留着，要重新在册就办“恢复会籍”。",
        "retain": "的会籍已经保留着，不用再办。",
    },
    S.LEFT: {
        "return": "已经离开工会，先办“入会”“转入”或者“恢复会籍”。",
        "retain": "已经离开工会，没有会籍可以保留。",
        "transfer_out": "已经离开工会，没有会籍可以转出。",
        "resign": "已经离开工会，不用再退会。",
        "lapse": "已经离开工会，不用再退会。",
        "expel": "已经离开工会，不能再除名。",
        "die": "已经离开工会，会籍早就结束了，去世不在这里登记。",
    },
}
FROM_WORK = {
    "retire": {
        WORK.RETIRED: "已经退休，不用再办。",
        WORK.RETIRED_CADRE: "已经离休，不用再办。",
        WORK.LEFT: "已经调出学校，退休由现在的单位办。",
    },
    "return": {
        "": "没有记过退休、离休、内退，不用办返岗。",
        WORK.WORKING: "现在就在职，不用办返岗。",
        WORK.LEFT: "已经调出学校，回来上班的点“改资料”，把在岗情况改成在职。",
    },
}


def why_not(name: str, standing: str, work: str) -> str:
    """What is said after the name; "" where the move can start."""
    if standing == S.DEAD:
        return DEAD
    return FROM_STANDING[standing].get(name) or FROM_WORK.get(name, {}).get(work, "")
