from fengsui.platform import apps


class LedgerConfig(apps.HouseConfig):
    name = "fengsui.platform.ledger"
    label = "ledger"
    verbose_name = "台账"
