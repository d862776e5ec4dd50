"""First start and phones: a ticket turned into a password or a bound phone; a PIN into a sign-in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts.models import User
from fengsui.platform.actions import perform, persist
from fengsui.platform.calls import Call, Way
from fengsui.platform.signin import policy, queries, secrets, store
from fengsui.platform.signin.actions import Binding, Issue, bearer, issue_ticket, use_ticket
from fengsui.platform.signin.models import PhoneKey, Ticket, TicketKind, What
from fengsui.platform.signin.store import Where


@dataclass(frozen=True, slots=True)
class Issued:
    """A secret on its way to its person; it exists nowhere else."""

    secret: str
    ticket: UUID


def issue(
    call: Call, username: str, kind: TicketKind, *, clears_second_factor: bool = False
) -> Issued:
    """Make a secret, let the house keep its hash. Refuses what `issue_ticket` refuses."""
    if kind == TicketKind.LINK:
        secret = secrets.new_secret()
        kept = secrets.digest(secret)
    else:
        secret = secrets.new_paper_code()
        kept = secrets.code_digest(secret)
    form = Issue(
        username=username, kind=kind, digest=kept, clears_second_factor=clears_second_factor
    )
    return Issued(secret, perform(issue_ticket, None, call, form).made)


def start_with_password(ticket: Ticket, password: str, now: datetime, where: Where) -> User:
    """Use a link: the password is set, whoever was signed in is out. Refuses `ticket-invalid`."""
    encoded = make_password(password)

    def use() -> None:
        _use(ticket, now, "")
        store.set_password(ticket.user, encoded)
        if ticket.clears_second_factor:
            store.forget_second_factor(ticket.user)
            store.note(What.FORGOTTEN, now, ticket.user, where)
        store.end(ticket.user, now)
        store.note(What.PASSWORD_SET, now, ticket.user, where)

    persist(use)
    return _fresh(ticket.user)


def start_on_phone(ticket: Ticket, pin: str, name: str, now: datetime) -> tuple[User, UUID, str]:
    """Use a paper code: this phone is bound. The token goes into its cookie. Refuses `ticket-invalid`."""
    encoded, token = make_password(pin), secrets.new_secret()

    def use() -> UUID:
        phone = UUID(str(_use(ticket, now, name).get("phone", "")))
        store.keep_phone_key(phone, token, encoded, now)
        return phone

    return _fresh(ticket.user), persist(use), token


def _use(ticket: Ticket, now: datetime, name: str) -> dict[str, object]:
    call = Call(bearer(ticket), Way.PORTAL, str(new_id()), at=now, received_at=now)
    try:
        return dict(perform(use_ticket, ticket.id, call, Binding(name=name)).result)
    except Refusal as no:  # used a moment ago by the same page sent twice, or by somebody else
        raise Refusal("ticket-invalid") from no


def _fresh(user: User) -> User:
    found = queries.user_named(user.username)
    return found or user


def open_phone(key: PhoneKey, pin: str, now: datetime, where: Where) -> bool:
    """Is it the PIN? Too many wrong ones in a row lock the phone until a new paper code is used."""
    user, most = key.phone.user, policy.limit("pin_tries", now)
    if not store.take_a_try(key, most):
        return False
    if check_password(pin, key.pin):
        store.pin_was_right(key)
        return True
    store.note(What.WRONG_PIN, now, user, where)
    if key.wrong + 1 >= most:
        store.note(What.PHONE_LOCKED, now, user, where)
    return False


def is_locked(key: PhoneKey, now: datetime) -> bool:
    return key.wrong >= policy.limit("pin_tries", now)


def too_many_tickets_tried(now: datetime, where: Where) -> bool:
    """Somebody at this address tries out codes."""
    since = now - timedelta(hours=1)
    tried = queries.failures(What.WRONG_TICKET, since, address=where.address)
    return tried >= policy.limit("paper_tries", now)
