"""Fengsui 烽燧: the working system of a prefecture fire and rescue detachment."""
