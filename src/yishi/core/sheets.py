"""The sheets an office fills in: places, groupings, buildings, bodies, people, appointments."""

from yishi.core.person import APPOINTED, Level, Role
from yishi.core.place import BodyKind, GroupingKind, PlaceKind
from yishi.core.table import Column, Sheet, code, day, login, one_of, phone, scaled, words

PLACE_KINDS = {
    "区": PlaceKind.DISTRICT,
    "县": PlaceKind.DISTRICT,
    "市辖区": PlaceKind.DISTRICT,
    "街道": PlaceKind.SUBDISTRICT,
    "镇": PlaceKind.SUBDISTRICT,
    "乡": PlaceKind.SUBDISTRICT,
    "社区": PlaceKind.COMMUNITY,
    "村": PlaceKind.COMMUNITY,
}
GROUPING_KINDS = {
    "网格": GroupingKind.GRID,
    "居民小组": GroupingKind.GROUP,
    "小区": GroupingKind.ESTATE,
}
BODY_KINDS = {
    "社区党组织": BodyKind.PARTY_COMMITTEE,
    "居委会": BodyKind.RESIDENTS_COMMITTEE,
    "党群服务中心": BodyKind.SERVICE_CENTRE,
    "街道办事处": BodyKind.SUBDISTRICT_OFFICE,
    "部门": BodyKind.DEPARTMENT,
    "企业": BodyKind.COMPANY,
    "业委会": BodyKind.OWNERS_COMMITTEE,
    "物业服务企业": BodyKind.PROPERTY_FIRM,
    "驻区单位": BodyKind.LOCAL_UNIT,
    "居务监督委员会": BodyKind.SUPERVISORY_COMMITTEE,
    "居民会议": BodyKind.RESIDENTS_ASSEMBLY,
    "居民代表会议": BodyKind.REPRESENTATIVES,
    "党员大会": BodyKind.PARTY_MEMBERS,
    "居民小组长会议": BodyKind.GROUP_LEADERS,
    "社区协商委员会": BodyKind.DELIBERATION_COMMITTEE,
    "业主大会": BodyKind.OWNERS_ASSEMBLY,
    "顾问组": BodyKind.ADVISERS,
    "志愿服务队": BodyKind.VOLUNTEERS,
}
LEVELS = {"手机": Level.PHONE, "居民": Level.RESIDENT, "业主": Level.OWNER}
ROLES = {
    "网格员": Role.GRID_WORKER,
    "社区工作者": Role.COMMUNITY_DESK,
    "分拨员": Role.DISPATCHER,
    "承办人": Role.UNIT_HANDLER,
    "回访员": Role.CALL_BACK_OFFICER,
    "争议裁定组成员": Role.ARBITRATOR,
    "督查督办员": Role.SUPERVISORY_OFFICER,
    "居务监督委员会成员": Role.OVERSEER,
    "领导": Role.LEADER,
    "社区书记": Role.SECRETARY,
    "召集人": Role.CONVENER,
    "代表委员": Role.MEMBER,
    "代表": Role.MEMBER,
    "委员": Role.MEMBER,
    "法律顾问": Role.LEGAL_ADVISER,
    "管理员": Role.ADMINISTRATOR,
    "审计员": Role.AUDITOR,
} | {role.value: role for role in APPOINTED}

PLACES = Sheet(
    "区划",
    (
        Column("code", "编码", code(20), True, "500112001"),
        Column("name", "名称", words(60), True, "望江街道"),
        Column("kind", "级别", one_of(PLACE_KINDS), True, "街道"),
        Column("parent", "上级编码", code(20), example="500112"),
    ),
    ("code",),
)
GROUPINGS = Sheet(
    "分组",
    (
        Column("code", "编码", code(20), True, "LY-G1"),
        Column("name", "名称", words(60), True, "柳荫第一网格"),
        Column("kind", "类别", one_of(GROUPING_KINDS), True, "网格"),
        Column("community", "社区编码", code(20), True, "500112001003"),
    ),
    ("code",),
)
BUILDINGS = Sheet(
    "楼栋",
    (
        Column("code", "编码", code(12), True, "LY01"),
        Column("name", "名称", words(60), True, "柳荫苑1栋"),
        Column("address", "地址", words(120), example="柳荫路12号"),
        Column("community", "社区编码", code(20), True, "500112001003"),
        Column("grid", "网格编码", code(20), example="LY-G1"),
        Column("group", "居民小组编码", code(20)),
        Column("estate", "小区编码", code(20)),
        Column("lon", "经度", scaled(1_000_000, -180, 180)),
        Column("lat", "纬度", scaled(1_000_000, -90, 90)),
    ),
    ("code",),
)
BODIES = Sheet(
    "单位",
    (
        Column("code", "编码", code(20), True, "LY-JWH"),
        Column("name", "名称", words(80), True, "柳荫社区居委会"),
        Column("kind", "类别", one_of(BODY_KINDS), True, "居委会"),
        Column("place", "所在编码", code(20), True, "500112001003"),
        Column("estate", "小区编码", code(20)),
    ),
    ("code",),
)
PEOPLE = Sheet(
    "人员",
    (
        Column("phone", "手机", phone, True, "13800000001"),
        Column("name", "姓名", words(40), True, "王桂英"),
        Column("level", "身份级别", one_of(LEVELS), example="居民"),
        Column("home", "楼栋编码", code(12), example="LY01"),
        Column("room", "房号", words(20), example="3-2"),
        Column("area_cm2", "面积", scaled(10_000, 0, 100_000)),
        Column("login", "登录名", login),
    ),
    ("phone",),
)
APPOINTMENTS = Sheet(
    "任职",
    (
        Column("phone", "手机", phone, True, "13800000002"),
        Column("role", "角色", one_of(ROLES), True, "网格员"),
        Column("place", "区划编码", code(20), True, "500112001003"),
        Column("body", "单位编码", code(20), example="LY-JWH"),
        Column("grouping", "分组编码", code(20), example="LY-G1"),
        Column("office", "职务", words(60), example="柳荫第一网格"),
        Column("from_on", "起始日", day, True, "2026-01-01"),
        Column("until_on", "截止日", day),
        Column("ground", "依据议题", words(20)),
    ),
    ("phone", "role", "place", "body", "grouping", "from_on"),
)

PLACE_SHEETS = (PLACES, GROUPINGS, BUILDINGS, BODIES)
PERSON_SHEETS = (PEOPLE,)
APPOINTMENT_SHEETS = (APPOINTMENTS,)
