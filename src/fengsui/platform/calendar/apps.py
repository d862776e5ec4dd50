from fengsui.platform.apps import HouseConfig


class CalendarConfig(HouseConfig):
    name = "fengsui.platform.calendar"
    label = "calendar"
    verbose_name = "工作日历"
