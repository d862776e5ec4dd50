from django.db import models

from fengsui.platform.accounts.models import User


class SavedView(models.Model):
    """A list's address under a name that its owner gave it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    page = models.CharField(max_length=40)
    title = models.CharField(max_length=40)
    query = models.CharField(max_length=400)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "page", "title"), name="one_view_of_a_name_on_a_page"
            ),
        )

    def __str__(self) -> str:
        return self.title
