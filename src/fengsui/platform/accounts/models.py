from enum import StrEnum
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from fengsui.kernel.ids import new_id
from fengsui.platform.fields import SealedTextField
from fengsui.platform.records import Record
from fengsui.platform.who import PostKind


class OrganisationKind(StrEnum):
    DETACHMENT = "detachment"
    BRIGADE = "brigade"
    TOWNSHIP = "township"
    SERVICE_CENTRE = "service_centre"
    UNIT = "unit"
    OPERATOR = "operator"


ORGANISATION_TITLES = {
    OrganisationKind.DETACHMENT: "支队",
    OrganisationKind.BRIGADE: "大队",
    OrganisationKind.TOWNSHIP: "苏木乡镇、街道",
    OrganisationKind.SERVICE_CENTRE: "消防安全服务中心",
    OrganisationKind.UNIT: "单位",
    OrganisationKind.OPERATOR: "系统运行",
}


class Organisation(Record):
    """An agency, a government body or a unit. `word` is its 代字 in document numbers."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=24)
    region = models.CharField(max_length=12)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    word = models.CharField(max_length=12, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    intake = models.UUIDField(null=True, editable=False)

    class Meta:
        indexes = (models.Index(fields=("kind", "region")),)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """A person who signs in. What a person may do hangs on posts, never on the account."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    phone = SealedTextField()
    phone_hash = models.CharField(max_length=64, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name


class Post(Record):
    """A person's place in an organisation, with the region it reaches.

    While its holder is on leave a deputy may use the post until `deputy_until`.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=24, choices=[(kind, kind) for kind in PostKind])
    region = models.CharField(max_length=12)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    deputy = models.ForeignKey(User, models.PROTECT, null=True, related_name="deputy_posts")
    deputy_until = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=("organisation", "kind")),)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "organisation", "kind"),
                condition=~Q(state="ended"),
                name="one_living_post_of_a_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation.name}·{self.user.name}"


class Certificate(Record):
    """An officer's enforcement certificate (行政处罚法 §42: who enforces must hold one)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="certificates")
    number = models.CharField(max_length=40, unique=True)
    issued_on = models.DateField()
    valid_until = models.DateField()

    def __str__(self) -> str:
        return self.number
