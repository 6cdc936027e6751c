"""People who sign in, what they act as, and the tokens machines use."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from alongside.foundation.accounts.types import FactorKind, NoticeKind, Role
from alongside.foundation.lib.fields import area_key, away_key, public_id


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

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {
                "id",
                "public_id",
                "email",
                "name",
                "password",
                "is_active",
                "created_at",
                "last_login",
            }
        )

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

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset({"id", "user", "agency", "team", "role", "until"})

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

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "public_id", "membership", "label", "sha256", "created_at", "until"}
        )

    def __str__(self) -> str:
        return self.label


class Clearance(models.Model):
    """Lets one person past a wall inside their agencies. Roles bring some of their own.

    `compartment` is one of `walls.bits.COMPARTMENTS`.
    """

    public_id = public_id()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="clearances")
    compartment = models.TextField()
    reason = models.TextField()
    since = models.DateTimeField()
    given_by = away_key("accounts.User", db_index=False)
    until = models.DateTimeField(null=True)  # exclusive

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "public_id", "user", "compartment", "reason", "since"}
            | {"given_by", "until"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clearance_given_by_another",
                condition=~models.Q(given_by=models.F("user")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} cleared for {self.compartment}"


class Notice(models.Model):
    """Something a member of staff must know of. Never says who a case is about.

    To one person, or to everyone of a role in the agency until one of them has
    read it. `subject_kind` and `subject_id` say where to look.
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    to_user = away_key("accounts.User", null=True, db_index=False)
    to_role = models.TextField(choices=Role, blank=True)
    kind = models.TextField(choices=NoticeKind)
    words = models.TextField()
    subject_kind = models.TextField(blank=True)
    subject_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = away_key("accounts.User", null=True, db_index=False)

    class Privacy:
        personal = frozenset({"subject_id"})
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "to_user", "to_role", "kind"}
            | {"words", "subject_kind", "at", "read_at", "read_by"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_to_somebody",
                condition=models.Q(to_user__isnull=False, to_role="")
                | models.Q(to_user=None) & ~models.Q(to_role=""),
            )
        ]
        indexes = [
            models.Index(
                fields=["agency", "-at"],
                name="notice_unread",
                condition=models.Q(read_at=None),
            ),
            models.Index(fields=["agency", "-at"], name="notice_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"


class SignInSession(models.Model):
    """One browser's session. Of its key only the SHA-256 is kept."""

    public_id = public_id()
    sha256 = models.BinaryField(unique=True)
    user = models.ForeignKey(
        User, null=True, on_delete=models.CASCADE, related_name="sessions"
    )
    data = models.TextField()
    device = models.TextField(blank=True)  # "Firefox on Windows"
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "public_id", "sha256", "user", "data", "device", "started_at"}
            | {"seen_at", "expires_at"}
        )

    def __str__(self) -> str:
        return f"session of {self.user_id}"


class SecondFactor(models.Model):
    """What somebody has besides their password; its secret is sealed.

    `last_step` is the half minute whose code an app gave last: none works twice.
    """

    public_id = public_id()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="factors")
    kind = models.TextField(choices=FactorKind)
    label = models.TextField()
    sealed = models.BinaryField()
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "public_id", "user", "kind", "label", "sealed", "added_at"}
            | {"used_at", "last_step"}
        )

    def __str__(self) -> str:
        return self.label


class RecoveryCode(models.Model):
    """A code on paper that works once, in place of a second factor. Kept as an HMAC."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    mac = models.BinaryField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset({"id", "user", "mac", "made_at", "used_at"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "mac"], name="recovery_code_once")
        ]

    def __str__(self) -> str:
        return f"recovery code of {self.user_id}"


class Invitation(models.Model):
    """A link with which somebody chooses their password, once. Only its hash is kept.

    `made_by` is missing where it was made at the command line.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    sha256 = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    made_by = away_key("accounts.User", null=True, db_index=False)
    until = models.DateTimeField()  # exclusive
    used_at = models.DateTimeField(null=True)

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "user", "sha256", "made_at", "made_by", "until", "used_at"}
        )

    def __str__(self) -> str:
        return f"invitation of {self.user_id}"


class OutsideIdentity(models.Model):
    """Who an agency's identity provider says somebody is, from their first time on.

    `subject` is the provider's own unchanging name for them: an e-mail address that
    is given to somebody else later does not bring the account with it.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    provider = models.TextField()
    subject = models.TextField()
    since = models.DateTimeField()

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset({"id", "user", "provider", "subject", "since"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "subject"], name="outside_identity_once"
            ),
            models.UniqueConstraint(
                fields=["user", "provider"], name="outside_identity_one_a_provider"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.provider}"


class TryCount(models.Model):
    """How often somebody failed to sign in. The mark is an HMAC of who and where."""

    mark = models.BinaryField(primary_key=True)
    tries = models.IntegerField()
    until = models.DateTimeField(db_index=True)

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset({"mark", "tries", "until"})

    def __str__(self) -> str:
        return f"{self.tries} tries until {self.until}"
