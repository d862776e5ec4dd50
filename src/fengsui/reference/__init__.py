"""The reference year of Tongliao, played through the actions."""
