"""How each form is laid out: one plan for the printed sheet and for the shipped Word template.

The forms are Chinese documents in either language of the interface, so their own words are
written here and not translated. A label is the tag of its word. `{key}` in a sentence stands for
a word; a sentence with an empty word is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from yishi.core.form import Form


@dataclass(frozen=True)
class Line:
    """One or two words side by side. `tall`: millimetres kept free for what is long or written
    by hand; `optional`: left out while the first is empty."""

    keys: tuple[str, ...]
    tall: int = 0
    optional: bool = False


@dataclass(frozen=True)
class Layout:
    """Title, whom it is to, what it says, its table, what it answers, pictures, what stands below,
    its signature.

    `columns`: (key, millimetres) of a list that is gone through, on a page turned sideways.
    """

    title: str
    lines: tuple[Line, ...] = ()
    to: str = ""
    says: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    columns: tuple[tuple[str, int], ...] = ()
    sign: str = "{office}"


def line(*keys: str, tall: int = 0, optional: bool = False) -> Line:
    """One line of a form's table."""
    return Line(keys, tall, optional)


LAYOUTS: Mapping[Form, Layout] = {
    Form.REGISTRATION: Layout(
        "诉求登记表",
        (
            line("number", "filed_at"),
            line("name", "phone"),
            line("channel", "nature"),
            line("place"),
            line("words", tall=48),
            line("photos", "urgent"),
            line("filed_by", "first_asked"),
            line("item"),
            line("kind", "case_number"),
            line("unit"),
            line("due"),
        ),
        closes=("本表载有个人信息，仅限经办人员使用，不得外传。",),
    ),
    Form.HANDING_OVER: Layout(
        "交办单",
        (
            line("number", "dispatched_at"),
            line("item"),
            line("place"),
            line("words", tall=40),
            line("similar", optional=True),
            line("part", optional=True),
            line("others", optional=True),
            line("limit", "urgent"),
            line("nature", "sent_by"),
            line("basis", optional=True),
            line("standard", optional=True),
            line("promise", optional=True),
        ),
        to="{unit}：",
        says=(
            "现将下列诉求交你单位{duty}办理。",
            "请于{sign_by}前签收。",
            "请于{due}前办结并反馈结果。",
        ),
        closes=(
            "诉求人联系方式请登录平台查看，不随单外传。不属于本单位职责的，请在签收后规定时限内申请退回。",
        ),
    ),
    Form.RETURN: Layout(
        "退回单",
        (
            line("number", "unit"),
            line("item"),
            line("words", tall=26),
            line("dispatched_at", "asked_at"),
            line("reason", tall=30),
            line("clause"),
            line("suggested", "asked_by"),
            line("verdict", "decided_at"),
            line("decided_words", tall=22),
            line("decided_by"),
            line("ruling", tall=16, optional=True),
            line("ruled_lead", "ruled_at", optional=True),
        ),
    ),
    Form.EXTENSION: Layout(
        "延期审批表",
        (
            line("number", "unit"),
            line("item"),
            line("words", tall=26),
            line("dispatched_at", "limit"),
            line("length", "asked_at"),
            line("reason", tall=34),
            line("asked_by"),
            line("verdict", "decided_at"),
            line("decided_words", tall=28),
            line("decided_by"),
            line("due"),
        ),
    ),
    Form.ORDER: Layout(
        "督办单",
        (
            line("number", "issued_at"),
            line("item"),
            line("place"),
            line("words", tall=26),
            line("dispatched_at", "standing"),
            line("cause"),
            line("order_words", tall=30),
            line("issued_by"),
            line("answer", tall=30),
            line("answered_at"),
        ),
        to="{unit}：",
        says=("现就下列诉求的办理予以督办。", "请于{answer_by}前书面回复办理情况。"),
    ),
    Form.ANSWER: Layout(
        "答复单",
        (line("number", "filed_at"), line("place"), line("words", tall=14), line("unit")),
        to="尊敬的居民：",
        says=("您反映的下列诉求收悉。",),
        answers=("现将办理情况答复如下：", "{answer}"),
        pictures=("before", "after"),
        closes=("感谢您的关心和支持。如对答复有不同意见，请凭编号在平台或向社区提出。",),
    ),
    Form.CALL_BACK: Layout(
        "回访表",
        (
            line("number", "answered_at"),
            line("name", "phone"),
            line("item"),
            line("unit"),
            line("words", tall=24),
            line("answer", tall=24),
            line("solved", "satisfaction"),
            line("speed", "result"),
            line("service", "quality"),
            line("rated_words", tall=30),
            line("caller", "rated_at"),
        ),
        closes=("本表载有个人信息，仅限经办人员使用，不得外传。",),
    ),
    Form.DATED_LIST: Layout(
        "限期整改清单",
        says=("共{count}项，未销号{open}项，其中逾期{late}项。",),
        columns=(
            ("number", 24),
            ("title", 38),
            ("words", 42),
            ("unit", 26),
            ("opened_on", 30),
            ("due", 30),
            ("done", 26),
            ("closed", 26),
        ),
    ),
    Form.OPINION: Layout(
        "监督意见书",
        (
            line("case_number", "item", optional=True),
            line("written_by", "written_at"),
            line("reply", tall=40),
            line("replied_by", "replied_at"),
        ),
        to="{unit}：",
        says=("{opinion}",),
        closes=("以上意见供你单位研究办理，请将研究情况书面回复本会。",),
    ),
}
