from fengsui.platform.apps import HouseConfig


class LedgerConfig(HouseConfig):
    name = "fengsui.platform.ledger"
    label = "ledger"
    verbose_name = "台账"
