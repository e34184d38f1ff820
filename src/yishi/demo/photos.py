"""Photos for the demo: simple scenes drawn by us, each marked 演示照片 so that nobody is misled."""

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from yishi.core.refusal import Refusal
from yishi.records.files import NewFile, read_photo

MARK = Path(__file__).parent / "mark.png"
SIZE = (640, 480)
BYTES, PIXELS = 1_000_000, 1_000_000
TINTS = ("#dfe6ea", "#e9e2d6", "#dde8dc")
GROUND, LINE, WARN, WELL = "#8d9499", "#3d464d", "#c8623a", "#4f8a62"

SCENES = {
    "井盖": "round",
    "道路": "road",
    "照明": "lamp",
    "电梯": "door",
    "消防": "door",
    "噪声": "waves",
    "环境卫生": "bins",
    "园林绿化": "tree",
    "供水": "waves",
    "供电": "lamp",
    "排水": "waves",
    "通信": "lines",
    "市容秩序": "stall",
    "公共安全": "wall",
    "交通停车": "road",
    "物业服务": "wall",
    "民生服务": "stall",
    "市场监管": "stall",
    "会议材料": "paper",
}
OTHER = "wall"


class Album:
    """Draws each picture once, and hands it out from the file store afterwards."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, bool, int], NewFile] = {}

    def photo(self, major: str, mended: bool, tint: int) -> NewFile:
        """The stored picture for a field of the responsibility list, before or after the work."""
        key = (SCENES.get(major, OTHER), mended, tint % len(TINTS))
        if key not in self._kept:
            kept = read_photo(draw(*key), BYTES, PIXELS)
            assert not isinstance(kept, Refusal), kept
            self._kept[key] = kept
        return self._kept[key]


def draw(scene: str, mended: bool, tint: int) -> bytes:
    """A JPEG of `scene`: what is wrong in red, or mended in green."""
    image = Image.new("RGB", SIZE, TINTS[tint])
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 330, 640, 480), fill=GROUND)
    {
        "round": _round,
        "road": _road,
        "lamp": _lamp,
        "door": _door,
        "waves": _waves,
        "bins": _bins,
        "tree": _tree,
        "lines": _lines,
        "stall": _stall,
        "wall": _wall,
        "paper": _paper,
    }[scene](pen, WELL if mended else WARN, mended)
    pen.rectangle((0, 0, 172, 56), fill="#ffffff")
    image.paste(LINE, (20, 8), _mark())
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()


@cache
def _mark() -> Image.Image:
    """The four characters as a mask, so that no font is needed where the demo runs."""
    with Image.open(MARK) as image:
        return image.convert("L")


def _round(pen: ImageDraw.ImageDraw, colour: str, mended: bool) -> None:
    pen.ellipse((210, 340, 430, 450), fill=LINE, outline=colour, width=8)
    if mended:
        pen.ellipse((222, 348, 418, 442), fill="#6f777c")
        for x in range(250, 410, 32):
            pen.line((x, 360, x, 430), fill=LINE, width=5)
    else:
        pen.polygon([(300, 250), (270, 335), (330, 335)], fill=colour)


def _road(pen: ImageDraw.ImageDraw, colour: str, mended: bool) -> None:
    for x in range(20, 640, 130):
        pen.rectangle((x, 400, x + 70, 408), fill="#f2f2f2")
    if mended:
        pen.rectangle((240, 350, 420, 390), fill="#6f777c", outline=colour, width=6)
    else:
        pen.polygon([(240, 380), (300, 350), (390, 362), (430, 392), (320, 398)], fill=LINE)
        pen.polygon([(300, 250), (270, 335), (330, 335)], fill=colour)


def _lamp(pen: ImageDraw.ImageDraw, colour: str, mended: bool) -> None:
    pen.rectangle((312, 110, 322, 340), fill=LINE)
    pen.rectangle((322, 110, 400, 118), fill=LINE)
    pen.ellipse((372, 112, 432, 152), fill="#f3d470" if mended else "#5a6166", outline=colour)
    if mended:
        pen.polygon([(380, 152), (424, 152), (480, 330), (330, 330)], fill="#f5e6b4")


def _door(pen: ImageDraw.ImageDraw, colour: str, mended: bool) -> None:
    pen.rectangle((210, 100, 430, 340), fill="#b7bdc1", outline=LINE, width=6)
    pen.line((320, 100, 320, 340), fill=LINE, width=4)
    pen.ellipse((450, 200, 480, 230), fill=colour)
    if not mended:
        pen.rectangle((230, 280, 340, 360), fill="#a98156", outline=colour, width=5)


def _waves(pen: ImageDraw.ImageDraw, colour: str, mended: bool) -> None:
    pen.rectangle((260, 200, 300, 340), fill=LINE)
    pen.ellipse((240, 180, 320, 220), fill=colour)
    if not mended:
        for step in range(1, 5):
            pen.arc((280 - 60 * step, 340 - 12 * step, 280 + 60 * step, 400 + 12 * step),
                    20, 160, fill="#5f8fb0", width=6)  # fmt: skip


def _bins(pen: ImageDraw.ImageDraw, colour: str, mended: bool) -> None:
    for x in (170, 290, 410):
        pen.rectangle((x, 230, x + 80, 345), fill=LINE)
        pen.rectangle((x - 6, 216, x + 86, 234), fill=colour)
    if not mended:
        for x, y in ((150, 350), (260, 365), (380, 358), (470, 372)):
            pen.ellipse((x, y, x + 60, y + 40), fill="#6b5d4b")


def _tree(pen: ImageDraw.ImageDraw, colour: str, mended: bool) -> None:
    pen.rectangle((308, 220, 334, 345), fill="#6e5238")
    for x, y in ((240, 120), (310, 100), (275, 170)):
        pen.ellipse((x, y, x + 120, y + 110), fill="#5d8a57")
    if not mended:
        pen.line((330, 250, 470, 330), fill="#6e5238", width=14)
        pen.line((470, 330, 510, 318), fill=colour, width=6)


def _lines(pen: ImageDraw.ImageDraw, colour: str, mended: bool) -> None:
    for x in (120, 520):
        pen.rectangle((x, 90, x + 10, 345), fill=LINE)
    for step in range(5):
        if mended:
            pen.line((125, 110 + 9 * step, 525, 110 + 9 * step), fill=LINE, width=3)
        else:
            pen.arc((125, 20 - 20 * step, 525, 200 + 40 * step), 0, 180, fill=colour, width=3)


def _stall(pen: ImageDraw.ImageDraw, colour: str, mended: bool) -> None:
    pen.rectangle((150, 120, 490, 345), fill="#cbb89c", outline=LINE, width=4)
    for x in range(150, 490, 68):
        pen.polygon([(x, 120), (x + 68, 120), (x + 34, 170)], fill=colour)
    if not mended:
        pen.rectangle((240, 340, 470, 400), fill="#a98156", outline=LINE, width=4)


def _wall(pen: ImageDraw.ImageDraw, colour: str, mended: bool) -> None:
    pen.rectangle((120, 70, 520, 345), fill="#c9c2b6", outline=LINE, width=4)
    for y in (110, 200):
        for x in (160, 270, 380):
            pen.rectangle((x, y, x + 70, y + 60), fill="#7f95a3")
    if mended:
        pen.rectangle((200, 290, 300, 330), fill="#ddd7cc", outline=colour, width=5)
    else:
        pen.line((220, 345, 260, 300, 240, 285, 290, 262), fill=colour, width=7)


def _paper(pen: ImageDraw.ImageDraw, colour: str, mended: bool) -> None:
    pen.rectangle((190, 60, 450, 430), fill="#fbfaf5", outline=LINE, width=4)
    pen.rectangle((250, 90, 390, 106), fill=LINE)
    for y in range(140, 360, 26):
        pen.line((220, y, 420 if y % 52 else 380, y), fill="#7b848a", width=5)
    pen.ellipse((360, 350, 430, 420), outline=colour, width=6)
