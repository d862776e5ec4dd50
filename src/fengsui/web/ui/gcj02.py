"""WGS 84 to GCJ-02, the shifted coordinates of maps published in China.

Only for what leaves towards such a map; nothing is ever stored so. The algorithm was never published
officially; this is the form in common use, good to about a metre. Abroad nothing is shifted.
"""

import math

_A = 6378245.0
_EE = 0.00669342162296594323
_CHINA = (72.004, 137.8347, 0.8293, 55.8271)


def gcj02(longitude: float, latitude: float) -> tuple[float, float]:
    """Longitude and latitude as a Chinese map wants them."""
    west, east, south, north = _CHINA
    if not (west <= longitude <= east and south <= latitude <= north):
        return longitude, latitude
    x, y = longitude - 105, latitude - 35
    angle = math.radians(latitude)
    magic = 1 - _EE * math.sin(angle) ** 2
    root = math.sqrt(magic)
    up = _north(x, y) * 180 / ((_A * (1 - _EE)) / (magic * root) * math.pi)
    right = _east(x, y) * 180 / (_A / root * math.cos(angle) * math.pi)
    return longitude + right, latitude + up


def _waves(x: float, *parts: tuple[float, float]) -> float:
    return sum(size * math.sin(x * turns * math.pi) for size, turns in parts) * 2 / 3


def _north(x: float, y: float) -> float:
    smooth = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    waves = _waves(x, (20, 6), (20, 2)) + _waves(y, (20, 1), (40, 1 / 3))
    return smooth + waves + _waves(y, (160, 1 / 12), (320, 1 / 30))


def _east(x: float, y: float) -> float:
    smooth = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    waves = _waves(x, (20, 6), (20, 2)) + _waves(x, (20, 1), (40, 1 / 3))
    return smooth + waves + _waves(x, (150, 1 / 12), (300, 1 / 30))
