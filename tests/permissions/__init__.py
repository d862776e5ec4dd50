"""Who may open what, and who may do what: two tables written by hand, and the house held against them.

`urls.csv` and `actions.csv` say what must be so; nothing in them is printed by the house. A new page or
action fails these tests until somebody has thought about its row and typed it in.
"""
