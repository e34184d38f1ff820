"""Believable contexts for the gallery: what the real pages will hand to the pieces."""

from typing import Any

from django import forms

DOORS = [
    {"href": "/file/", "word": "我要反映", "mark": "report"},
    {"href": "/talk/", "word": "我要议事", "mark": "talk"},
    {"href": "/mine/", "word": "我的诉求", "mark": "mine", "count": 2},
    {"href": "/board/", "word": "公开栏", "mark": "board"},
]
HINTS = (
    "拍照、一句话、在哪里",
    "多数人的事，一起商量",
    "办到哪一步，一看就知道",
    "谁家的事，怎么办的",
)
STAFF_DOORS = [
    {"href": "/queue/", "word": "待分拨", "mark": "flag", "count": 37, "current": True},
    {"href": "/cases/", "word": "全部件", "mark": "mine"},
    {"href": "/figures/", "word": "数据", "mark": "board"},
]
MORE = [{"href": "/people/", "word": "人员与任期", "mark": "people"}]
WHO = {"role": "分拨员", "name": "罗静", "href": "/me/"}
RESIDENT = {"role": "居民", "name": "吴先生", "href": "/me/"}


class FileForm(forms.Form):
    """A resident's report, as far as the pieces are concerned."""

    photo = forms.ImageField(label="照片", required=False)
    words = forms.CharField(
        label="说一句话",
        help_text="发生了什么、影响到谁。",
        max_length=500,
        widget=forms.Textarea(attrs={"maxlength": 500, "rows": 4}),
    )
    place = forms.CharField(label="在哪里", help_text="扫楼栋码会自动填好。")
    phone = forms.CharField(label="电话", widget=forms.TextInput(attrs={"inputmode": "tel"}))
    reach = forms.ChoiceField(
        label="怎么答复您",
        widget=forms.RadioSelect,
        choices=[("phone", "打电话给我"), ("sms", "发短信"), ("page", "我自己来看")],
    )
    estate = forms.ChoiceField(
        label="小区", choices=[("", "请选择"), ("a", "君怡小区"), ("b", "福民新村北苑")]
    )
    hidden_name = forms.BooleanField(
        label="公开时不出现我的称呼", required=False, help_text="办理的人仍会看到，好联系您。"
    )


def clock(state: str, words: str, share: int | None, href: str = "/clock/") -> dict[str, Any]:
    return {
        "state": state,
        "words": words,
        "share": share,
        "href": href,
        "exact": "2026-11-19 17:00",
    }


ROWS = [
    {
        "href": "/1/",
        "number": "PS2026-004198-3",
        "line": "君怡小区 3 栋 2 单元电梯停运四天，七楼有坐轮椅的老人",
        "place": "君怡社区 · 君怡小区 3 栋",
        "holder": "区市场监督管理局特种设备安全监察科",
        "clock": clock("late", "已超 1 天 3 小时", 100),
        "marks": [
            {"word": "督办", "mark": "flag", "kind": "late"},
            {"word": "退回 1 次", "mark": "back", "kind": ""},
        ],
        "photo": "/photo.svg",
    },
    {
        "href": "/2/",
        "number": "PS2026-004217-8",
        "line": "福民路南口人行道井盖缺失，夜里有老人险些踩空",
        "place": "君怡社区 · 福民路南口",
        "holder": "待分拨",
        "clock": clock("soon", "还剩 35 分钟", 82),
        "marks": [{"word": "3 人反映", "mark": "people", "kind": ""}],
        "photo": "/photo.svg",
        "here": True,
    },
    {
        "href": "/3/",
        "number": "PS2026-004220-1",
        "line": "希望在福民新村北苑与第二实验小学之间的围墙上开一道门，接送孩子少绕八百米",
        "place": "福民社区 · 福民新村北苑（含东侧临街商铺）",
        "holder": "福民街道办事处公共服务办公室",
        "clock": clock("waiting", "等居民补充材料", 40),
        "marks": [{"word": "议题", "mark": "talk", "kind": "act"}],
    },
    {
        "href": "/4/",
        "number": "PS2026-004221-9",
        "line": "噪声",
        "place": "石厦社区",
        "holder": "",
        "clock": clock("ok", "还剩 4 个工作日", 20),
        "marks": [],
    },
    {
        "href": "/5/",
        "number": "PS2026-004102-6",
        "line": "裕亨花园地下车库积水",
        "place": "益田社区 · 裕亨花园",
        "holder": "裕亨物业服务有限公司",
        "clock": clock("done", "提前 2 天办结", None, ""),
        "marks": [{"word": "已核验", "mark": "done", "kind": "done"}],
    },
]

STORY = [
    {
        "at": "11月16日 21:40",
        "exact": "2026-11-16 21:40:12",
        "who": {"role": "居民", "name": "吴先生"},
        "text": "昨天晚上九点多，我妈从福民路南口走回来，差一点踩进去。井盖整个没了。",
        "mark": "report",
        "verified": True,
        "verified_href": "/record/1/",
        "photos": [
            {"href": "/photo.svg", "thumb": "/photo.svg", "alt": "没有井盖的井口"},
            {"href": "/photo.svg", "thumb": "/photo.svg", "alt": "井口旁插着树枝"},
        ],
    },
    {
        "at": "11月16日 22:05",
        "exact": "2026-11-16 22:05:40",
        "who": {"role": "街道分拨员", "name": "罗静"},
        "text": "已派给区城管局，两小时内到场。",
        "ground": "职责清单第 118 行：井盖缺失、破损，紧急工作时 2 小时",
        "mark": "send",
        "verified": True,
    },
    {
        "at": "昨天 00:12",
        "exact": "2026-11-17 00:12:09",
        "who": {"role": "系统", "name": ""},
        "text": "到场时间超过承诺 7 分钟，已亮红灯。",
        "mark": "late",
        "kind": "late",
    },
    {
        "at": "昨天 10:30",
        "exact": "2026-11-17 10:30:00",
        "who": {"role": "区城市管理和综合执法局", "name": "市政设施科"},
        "text": "新井盖已装好，附现场照片。",
        "mark": "done",
        "kind": "done",
        "verified": True,
    },
]

REFUSAL = {
    "title": "现在还不能办结",
    "missing": "核验人与承办人不能是同一个人。",
    "need": "另一人核验",
    "need_word": "需要",
    "have_word": "目前",
    "have": "承办人本人",
    "source": "《街道诉求办理规程》第 14 条（2026 年 1 月版）",
    "next": "请网格员核验",
    "href": "/ask/",
}

LINES = [
    {"text": "受理", "value": "11月16日（周一）21:40", "source": "当天不计入期限"},
    {
        "text": "承诺 3 个工作日",
        "value": "+3 个工作日",
        "source": "职责清单第 118 行；周六、周日不计",
    },
    {
        "text": "等居民补充照片，停表",
        "value": "+1 天",
        "source": "11月17日 09:00 至 11月18日 09:00，《规程》第 9 条",
    },
    {"text": "最迟答复", "value": "11月20日（周五）24:00", "exact": "2026-11-21 00:00 之前"},
]

FACTS = [
    {"label": "地点", "value": "君怡社区 · 福民路南口（近公交站）"},
    {"label": "首问", "value": "君怡社区 陈秀兰"},
    {"label": "渠道", "value": "随手拍"},
    {"label": "依据", "value": "职责清单第 118 行", "href": "/duty/118/"},
]

STEPS = {
    "name": "satisfied",
    "label": "办得怎么样？",
    "help": "您的评价会公开，不出现您的称呼。",
    "required": True,
    "error": "",
    "options": [
        {"value": number, "word": word, "checked": number == 4}
        for number, word in enumerate(["很不满意", "不满意", "一般", "满意", "很满意"], start=1)
    ],
}

CHIPS = {
    "action": "",
    "groups": [
        {
            "name": "state",
            "label": "时限",
            "options": [
                {"value": "", "word": "全部", "count": 37, "checked": True},
                {"value": "late", "word": "已超期", "count": 4},
                {"value": "soon", "word": "快到期", "count": 9},
            ],
        }
    ],
    "search": {"name": "q", "label": "找编号、地点或一句话", "value": ""},
    "keep": [],
}

FIGURES: list[dict[str, Any]] = [
    {
        "label": "收到",
        "value": "6,952",
        "unit": "件",
        "period": "2018 年 9 月",
        "href": "/a/",
        "drawing": [180, 240, 220, 260, 310, 290, 180, 90, 240, 260, 300, 330],
    },
    {
        "label": "按时办结（来源所称）",
        "value": "89.7%",
        "denominator": "6,236 / 6,952 件",
        "period": "2018 年 9 月",
        "href": "/b/",
        "drawing": [80, 84, 88, 86, 90, 91, 89, 90],
    },
    {
        "label": "超期（来源所称）",
        "value": "714",
        "unit": "件",
        "denominator": "占 10.3%",
        "period": "2018 年 9 月",
        "href": "/c/",
        "kind": "late",
    },
    {"label": "平均满意度", "value": "—", "denominator": "还没有评价", "period": "2018 年 9 月"},
]
BAR = {
    "caption": "哪里报得多",
    "head": "社区",
    "unit": "件",
    "rows": [
        {"label": "六联社区", "value": "1,204", "share": 100, "href": "/a/"},
        {"label": "坪环社区", "value": "861", "share": 71.5, "href": "/a/"},
        {"label": "沙壆社区", "value": "402", "share": 33.4, "href": "/a/"},
        {"label": "其中已超期", "value": "38", "share": 3.2, "kind": "late"},
    ],
}
TABLE = {
    "caption": "各承办单位",
    "columns": [
        {"label": "单位"},
        {"label": "收到", "nums": True},
        {"label": "按时", "nums": True},
    ],
    "rows": [
        [
            {"text": "区住房和建设局（物业监管科）", "href": "/u/1/"},
            {"text": "812", "label": "收到", "nums": True, "href": "/u/1/all/"},
            {"text": "774", "label": "按时", "nums": True},
        ],
        [
            {"text": "坪山街道办事处"},
            {"text": "1,930", "label": "收到", "nums": True},
            {"text": "1,701", "label": "按时", "nums": True},
        ],
    ],
}
