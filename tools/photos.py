"""Draw the demonstration's photographs: invented scenes, each marked 演示, the same bytes each time.

    python -m tools.photos

They are kept in the package, so that the demonstration's ledger root hangs on no version of Pillow.
"""

from collections.abc import Callable
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

ROOT = Path(__file__).parents[1] / "src/fengsui"
TARGET = ROOT / "reference/data/photos"
FONT = ROOT / "platform/documents/fonts/FandolHei-Regular.otf"
SIZE = (960, 720)
Draw = ImageDraw.ImageDraw


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, (caption, scene) in SCENES.items():
        picture = photograph(scene, caption, Random(name))
        picture.save(TARGET / f"{name}.jpg", "JPEG", quality=70, optimize=True)
        print(TARGET / f"{name}.jpg")


def photograph(scene: Callable[[Draw, Random], None], caption: str, random: Random) -> Image.Image:
    """A scene with light, blur and grain, and the mark that nobody can take it for a real one."""
    picture = Image.new("RGB", SIZE, (188, 186, 178))
    scene(ImageDraw.Draw(picture), random)
    picture = picture.filter(ImageFilter.GaussianBlur(1.6))
    picture = ImageChops.multiply(picture, _light())
    picture = Image.blend(picture, _grain(random), 0.06)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, SIZE[1] - 64, SIZE[0], SIZE[1]), fill=(20, 22, 26))
    draw.text(
        (24, SIZE[1] - 52), f"演示·{caption}·非真实照片", font=_font(34), fill=(255, 255, 255)
    )
    return picture


def _light() -> Image.Image:
    """Bright above the middle, dark in the corners."""
    glow = Image.radial_gradient("L").resize(SIZE).point(lambda value: 255 - value // 2)
    return Image.merge("RGB", (glow, glow, glow.point(lambda value: value * 97 // 100)))


def _grain(random: Random) -> Image.Image:
    small = Image.frombytes(
        "L", (SIZE[0] // 2, SIZE[1] // 2), random.randbytes(SIZE[0] * SIZE[1] // 4)
    )
    return small.resize(SIZE).convert("RGB")


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)


def _corridor(draw: Draw) -> None:
    """Floor, ceiling and two walls that run to a door."""
    far = (380, 220, 580, 470)
    draw.polygon([(0, 0), (960, 0), (far[2], far[1]), (far[0], far[1])], fill=(214, 212, 205))
    draw.polygon([(0, 720), (960, 720), (far[2], far[3]), (far[0], far[3])], fill=(128, 118, 104))
    draw.polygon([(0, 0), (far[0], far[1]), (far[0], far[3]), (0, 720)], fill=(196, 190, 176))
    draw.polygon([(960, 0), (far[2], far[1]), (far[2], far[3]), (960, 720)], fill=(182, 176, 163))
    draw.rectangle(far, fill=(150, 152, 150))
    draw.rectangle((430, 270, 530, 470), fill=(92, 70, 52))
    draw.rectangle((420, 236, 540, 262), fill=(24, 130, 74))
    draw.text((440, 237), "安全出口", font=_font(20), fill=(240, 250, 240))


def blocked_passage(draw: Draw, random: Random) -> None:
    _corridor(draw)
    for left, top, size in (
        (90, 380, 200),
        (210, 300, 170),
        (130, 240, 150),
        (330, 430, 120),
        (640, 420, 170),
    ):
        shade = random.randint(-14, 14)
        box = (left, top, left + size, top + size)
        draw.rectangle(
            box, fill=(172 + shade, 130 + shade, 84 + shade), outline=(110, 82, 52), width=3
        )
        draw.rectangle(
            (left + size * 0.42, top, left + size * 0.56, top + size), fill=(200, 176, 130)
        )


def extinguishers(draw: Draw, random: Random) -> None:
    draw.rectangle((0, 520, 960, 720), fill=(120, 116, 110))
    for left in (300, 470):
        draw.rounded_rectangle((left, 250, left + 120, 560), 46, fill=(176, 32, 28))
        draw.rectangle((left + 44, 210, left + 76, 256), fill=(40, 40, 42))
        draw.line((left + 76, 226, left + 126, 300, left + 130, 420), fill=(24, 24, 26), width=10)
        draw.ellipse((left + 30, 268, left + 66, 304), fill=(236, 236, 230))
        draw.line((left + 48, 286, left + 36, 296), fill=(190, 20, 20), width=4)
        draw.rectangle((left + 22, 340, left + 98, 460), fill=(232, 226, 206))


def bare_wires(draw: Draw, random: Random) -> None:
    for row in range(9):
        for column in range(12):
            shade = random.randint(-6, 6)
            tile = (column * 80, row * 80, column * 80 + 78, row * 80 + 78)
            draw.rectangle(tile, fill=(206 + shade, 206 + shade, 200 + shade))
    for colour in ((180, 40, 36), (40, 70, 150), (200, 170, 40), (50, 120, 70), (30, 30, 30)):
        points = [(x, 180 + random.randint(0, 260)) for x in range(-20, 1_000, 70)]
        draw.line(points, fill=colour, width=9, joint="curve")
    draw.rectangle((590, 380, 760, 560), fill=(226, 224, 216), outline=(90, 90, 90), width=4)
    for left in (620, 700):
        draw.ellipse((left, 450, left + 18, 468), fill=(40, 40, 40))


def barred_window(draw: Draw, random: Random) -> None:
    draw.rectangle((200, 90, 760, 600), fill=(236, 236, 232))
    draw.rectangle((230, 120, 730, 570), fill=(150, 186, 214))
    draw.polygon(
        [(230, 430), (420, 360), (600, 420), (730, 380), (730, 570), (230, 570)],
        fill=(104, 128, 96),
    )
    draw.rectangle((472, 120, 488, 570), fill=(236, 236, 232))
    for left in range(240, 730, 44):
        draw.rectangle((left, 110, left + 10, 580), fill=(92 + random.randint(0, 12), 92, 96))
    for top in (180, 340, 500):
        draw.rectangle((220, top, 740, top + 12), fill=(84, 84, 88))


def training_board(draw: Draw, random: Random) -> None:
    draw.rectangle((140, 80, 820, 600), fill=(246, 244, 236), outline=(120, 96, 60), width=14)
    draw.text((300, 110), "消防培训记录", font=_font(56), fill=(160, 30, 28))
    for row in range(6):
        top = 210 + row * 60
        draw.line((190, top, 770, top), fill=(150, 150, 150), width=3)
    for column in (190, 380, 580, 770):
        draw.line((column, 210, column, 510), fill=(150, 150, 150), width=3)
    draw.text((200, 222), "日期", font=_font(30), fill=(60, 60, 60))
    draw.text((400, 222), "内容", font=_font(30), fill=(60, 60, 60))
    draw.text((600, 222), "签名", font=_font(30), fill=(60, 60, 60))


SCENES: dict[str, tuple[str, Callable[[Draw, Random], None]]] = {
    "C04": ("疏散通道堆物", blocked_passage),
    "C06": ("灭火器", extinguishers),
    "C10": ("培训记录", training_board),
    "C11": ("电气线路", bare_wires),
    "C13": ("外窗栅栏", barred_window),
}


if __name__ == "__main__":
    main()
