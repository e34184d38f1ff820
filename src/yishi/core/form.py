"""The forms of the trade: what each is about, and the words it is filled with.

A word has a key in code and a tag in an office's Word template, `{{ 承办单位 }}`. The tags are
Chinese because those who lay out a form write them. Source: product.md, forms; docs/forms.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Form(StrEnum):
    """登记表, 交办单, 退回单, 延期审批表, 督办单, 答复单, 回访表, 限期整改清单, 监督意见书."""

    REGISTRATION = "registration"
    HANDING_OVER = "handing_over"
    RETURN = "return"
    EXTENSION = "extension"
    ORDER = "order"
    ANSWER = "answer"
    CALL_BACK = "call_back"
    DATED_LIST = "dated_list"
    OPINION = "opinion"


# Who may take a form: these two hold name and phone, so fewer may, and it is noted.
ACT: Mapping[Form, str] = {
    Form.REGISTRATION: "form.print_registration",
    Form.CALL_BACK: "form.print_call_back",
    **{form: "form.print" for form in Form if form not in (Form.REGISTRATION, Form.CALL_BACK)},
}
CONTACT = frozenset({Form.REGISTRATION, Form.CALL_BACK})


@dataclass(frozen=True, slots=True)
class Tags:
    """What a template of one form may name.

    `words`: key → tag of a word; `pictures`: key → tag of a list of pictures; `rows`: the words
    of one row, reached by going through the list `ROWS`.
    """

    words: Mapping[str, str]
    pictures: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)


ROWS = "清单"
QR = "二维码"
FOOT = {"number": "编号", "check_code": "验真码", "address": "查验网址"}
HEAD = {**FOOT, "office": "单位", "signed_on": "日期"}
MATTER = {
    "case_number": "件号",
    "item": "事项",
    "nature": "诉求类型",
    "place": "发生地点",
    "words": "诉求内容",
}

TAGS: Mapping[Form, Tags] = {
    Form.REGISTRATION: Tags(
        {
            **HEAD,
            **MATTER,
            "name": "姓名",
            "phone": "电话",
            "channel": "来源渠道",
            "filed_at": "登记时间",
            "filed_by": "登记人",
            "first_asked": "首问责任人",
            "kind": "办件类别",
            "urgent": "是否紧急",
            "photos": "照片数",
            "unit": "承办单位",
            "due": "办结时限",
        }
    ),
    Form.HANDING_OVER: Tags(
        {
            **HEAD,
            **MATTER,
            "unit": "承办单位",
            "duty": "承办方式",
            "part": "承办内容",
            "others": "其他承办单位",
            "urgent": "是否紧急",
            "similar": "并案说明",
            "dispatched_at": "交办时间",
            "sign_by": "签收时限",
            "due": "办结时限",
            "limit": "时限标准",
            "basis": "办理依据",
            "standard": "办结标准",
            "promise": "服务承诺",
            "sent_by": "交办人",
        }
    ),
    Form.RETURN: Tags(
        {
            **HEAD,
            **MATTER,
            "unit": "申请单位",
            "dispatched_at": "交办时间",
            "asked_at": "申请时间",
            "asked_by": "申请人",
            "reason": "退回理由",
            "clause": "依据条款",
            "suggested": "建议承办单位",
            "verdict": "审定结果",
            "decided_words": "审定意见",
            "decided_by": "审定人",
            "decided_at": "审定时间",
            "ruling": "裁定意见",
            "ruled_lead": "裁定主办单位",
            "ruled_at": "裁定时间",
        }
    ),
    Form.EXTENSION: Tags(
        {
            **HEAD,
            **MATTER,
            "unit": "申请单位",
            "dispatched_at": "交办时间",
            "limit": "原定时限",
            "length": "申请延长",
            "asked_at": "申请时间",
            "asked_by": "申请人",
            "reason": "延期理由",
            "verdict": "审批结果",
            "decided_words": "审批意见",
            "decided_by": "审批人",
            "decided_at": "审批时间",
            "due": "延长后时限",
        }
    ),
    Form.ORDER: Tags(
        {
            **HEAD,
            **MATTER,
            "unit": "承办单位",
            "cause": "督办缘由",
            "standing": "办理状态",
            "dispatched_at": "交办时间",
            "order_words": "督办要求",
            "issued_by": "督办人",
            "issued_at": "督办时间",
            "answer_by": "回复时限",
            "answer": "回复内容",
            "answered_at": "回复时间",
        }
    ),
    Form.ANSWER: Tags(
        {
            **HEAD,
            "case_number": "件号",
            "place": "发生地点",
            "words": "诉求内容",
            "filed_at": "登记时间",
            "unit": "承办单位",
            "answer": "答复内容",
            "answered_at": "答复时间",
        },
        pictures={"before": "办理前照片", "after": "办理后照片"},
    ),
    Form.CALL_BACK: Tags(
        {
            **HEAD,
            **MATTER,
            "name": "姓名",
            "phone": "电话",
            "unit": "承办单位",
            "answer": "答复内容",
            "answered_at": "答复时间",
            "solved": "是否解决",
            "satisfaction": "满意程度",
            "speed": "办理速度",
            "result": "办理结果",
            "service": "服务态度",
            "quality": "答复质量",
            "rated_words": "居民意见",
            "rated_at": "回访时间",
            "caller": "回访人",
        }
    ),
    Form.DATED_LIST: Tags(
        {**HEAD, "count": "总数", "open": "未销号", "late": "逾期"},
        rows={
            "number": "编号",
            "title": "问题",
            "words": "整改要求",
            "unit": "责任单位",
            "due": "整改期限",
            "opened_on": "挂账日期",
            "done": "整改情况",
            "closed": "销号情况",
        },
    ),
    Form.OPINION: Tags(
        {
            **HEAD,
            "case_number": "件号",
            "item": "事项",
            "unit": "送达单位",
            "opinion": "监督意见",
            "written_by": "经办人",
            "written_at": "出具时间",
            "reply": "回复内容",
            "replied_by": "回复人",
            "replied_at": "回复时间",
        }
    ),
}
