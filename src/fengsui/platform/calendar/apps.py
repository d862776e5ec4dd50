from fengsui.platform import apps


class CalendarConfig(apps.HouseConfig):
    name = "fengsui.platform.calendar"
    label = "calendar"
    verbose_name = "工作日历"
