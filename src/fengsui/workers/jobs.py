from datetime import datetime


def step(now: datetime) -> bool:
    return False
