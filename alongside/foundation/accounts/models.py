"""People who sign in, what they act as, and the tokens machines use."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from alongside.foundation.accounts.types import Role
from alongside.foundation.lib.fields import away_key, public_id


class UserManager(BaseUserManager["User"]):
    """Finds accounts by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A member of staff of some agency, or a feed that acts by itself."""

    public_id = public_id()
    email = models.EmailField(unique=True)  # stored in lower case
    name = models.TextField()
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_email_lower_case",
                condition=models.Q(email=Lower("email")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What a user acts as: one role for one agency, and in which team."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    agency = away_key("organisations.Agency")
    team = away_key("organisations.Team", null=True)
    role = models.TextField(choices=Role)
    until = models.DateTimeField(null=True)  # exclusive

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"], name="membership_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} as {self.role}"


class ApiToken(models.Model):
    """Lets a machine act as one membership. Only the token's hash is kept."""

    public_id = public_id()
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="tokens"
    )
    label = models.TextField()
    sha256 = models.BinaryField(unique=True)
    created_at = models.DateTimeField()
    until = models.DateTimeField(null=True)  # exclusive

    def __str__(self) -> str:
        return self.label
