"""The door: who gets in, what is asked on the way, and how it ends at once."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from fengsui.platform.accounts.actions import Leave, Why, end_post, go_on_leave
from fengsui.platform.actions import perform
from fengsui.platform.calls import Nothing
from fengsui.platform.signin.actions import revoke_phone
from fengsui.platform.signin.models import Phone, SignedIn, SignInEvent, TicketKind, What
from fengsui.platform.signin.store import forget_old_events
from fengsui.platform.who import PostKind
from fengsui.workers import relay
from tests import make
from tests.platform.signin.steps import (
    NEW_PASSWORD,
    PASSWORD,
    PIN,
    enrolled,
    holder,
    issued,
    keeper,
    sign_in,
    totp,
)

pytestmark = pytest.mark.django_db
User = get_user_model()


@pytest.fixture
def team():
    built = make.Team()
    for who in (built.lead, built.second, built.head):
        make.password(who, PASSWORD)
    return built


@pytest.fixture
def demanded(settings):
    settings.SECOND_FACTOR = "required"


def happened() -> list[str]:
    return list(SignInEvent.objects.order_by("id").values_list("what", flat=True))


def where(response):
    """The page that a response leads to, without its parameters."""
    return response.url.partition("?")[0]


def test_five_wrong_passwords_lock_even_the_right_one(client, team):
    answers = [sign_in(client, team.lead, "wrong") for _ in range(5)]

    right = sign_in(client, team.lead)

    assert [page.status_code for page in answers] == [403] * 4 + [429]
    assert right.status_code == 429
    assert "账号暂时锁定" in right.content.decode()
    assert where(client.get("/desk/")) == "/sign-in"
    assert happened().count(What.WRONG_PASSWORD) >= 5
    assert What.LOCKED in happened()
    assert What.SIGNED_IN not in happened()


def test_a_wrong_name_is_answered_like_a_wrong_password_and_not_kept(client, team):
    unknown = client.post("/sign-in", {"username": "my secret words", "password": "x"})
    known = sign_in(client, team.lead, "x")

    assert unknown.status_code == known.status_code == 403
    assert "登录名或密码不对" in unknown.content.decode()
    assert "登录名或密码不对" in known.content.decode()
    assert SignInEvent.objects.earliest("id").username == ""


def test_the_session_key_changes_at_sign_in(client, team):
    client.get("/sign-in")
    client.session["planted"] = "x"
    client.session.save()
    before = client.session.session_key

    sign_in(client, team.lead)

    assert client.session.session_key != before


@pytest.mark.parametrize(("left", "inside"), [(59, True), (61, False)])
def test_an_hour_without_a_request_ends_the_sign_in(client, team, left, inside):
    sign_in(client, team.lead)
    SignedIn.objects.update(seen_at=timezone.now() - timedelta(minutes=left))

    assert (client.get("/desk/").status_code == 200) is inside


def test_half_a_day_ends_the_sign_in_in_any_case(client, team):
    sign_in(client, team.lead)
    SignedIn.objects.update(at=timezone.now() - timedelta(hours=12, seconds=1))

    assert where(client.get("/desk/")) == "/sign-in"


def test_a_password_given_by_somebody_else_is_changed_before_anything_else(client, team):
    User.objects.filter(id=team.lead.user_id).update(must_change_password=True)
    sign_in(client, team.lead)

    assert where(client.get("/desk/")) == "/password"
    assert where(client.get("/account")) == "/password"
    form = {"current": PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    client.post("/password", form)
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    ("password", "words"),
    [("short 1", "至少 12 位"), ("password1234", "常见"), ("198406271234", "数字")],
)
def test_bad_passwords_are_refused_in_words(client, team, password, words):
    sign_in(client, team.lead)

    page = client.post("/password", {"current": PASSWORD, "password": password, "again": password})

    assert page.status_code == 422
    assert words in page.content.decode()
    assert holder(team.lead).check_password(PASSWORD)


def test_a_changed_password_ends_the_other_sign_ins(client, client_elsewhere, team):
    sign_in(client, team.lead)
    sign_in(client_elsewhere, team.lead)

    form = {"current": PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    client.post("/password", form)

    assert client.get("/desk/").status_code == 200
    assert where(client_elsewhere.get("/desk/")) == "/sign-in"


@pytest.fixture
def client_elsewhere(client):
    return type(client)()


def test_whoever_loses_his_last_post_is_out_at_the_next_request(client, team):
    sign_in(client, team.lead)

    perform(end_post, team.lead_post.id, make.call(keeper()), Why(reason="调离"))

    assert where(client.get("/desk/")) == "/post"
    while relay.step(timezone.now()):
        pass
    assert where(client.get("/desk/")) == "/sign-in"
    assert not SignedIn.objects.filter(ended_at=None).exists()


def test_the_security_administrator_ends_a_sign_in(client, client_elsewhere, team):
    guard = keeper()
    make.password(guard, PASSWORD)
    sign_in(client, team.lead)
    sign_in(client_elsewhere, guard)

    client_elsewhere.post(f"/desk/people/{team.lead.user_id}/end", {"id": "all"})

    assert where(client.get("/desk/")) == "/sign-in"
    assert client_elsewhere.get("/desk/").status_code == 200
    assert SignInEvent.objects.get(what=What.ENDED).by == guard.name


def test_a_privileged_post_without_second_factor_must_enrol(client, team, demanded):
    sign_in(client, team.head)

    assert where(client.get("/desk/")) == "/second-factor/enrol"
    assert where(client.get("/account")) == "/second-factor/enrol"


def test_a_plain_post_is_not_asked(client, team, demanded):
    sign_in(client, team.lead)

    assert client.get("/desk/").status_code == 200


def test_where_it_is_only_offered_nobody_must_enrol(client, team):
    sign_in(client, team.head)

    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize("setting", ["required", "offered"])
def test_whoever_has_a_second_factor_is_asked_and_gets_in_with_it(client, team, settings, setting):
    settings.SECOND_FACTOR = setting
    secret, _ = enrolled(holder(team.head))
    sign_in(client, team.head)

    assert where(client.get("/desk/")) == "/second-factor"
    assert client.post("/second-factor", {"code": "12345"}).status_code == 403
    assert where(client.get("/desk/")) == "/second-factor"
    client.post("/second-factor", {"code": totp(secret, ahead=1)})
    assert client.get("/desk/").status_code == 200


def test_a_recovery_code_gets_in_once(client, client_elsewhere, team, demanded):
    _, codes = enrolled(holder(team.head))

    for browser, inside in ((client, True), (client_elsewhere, False)):
        sign_in(browser, team.head)
        browser.post("/second-factor", {"code": codes[0]})
        assert (browser.get("/desk/").status_code == 200) is inside


def test_the_second_factor_of_one_sign_in_is_not_that_of_the_next(client, team, demanded):
    _, codes = enrolled(holder(team.head))
    sign_in(client, team.head)
    client.post("/second-factor", {"code": codes[0]})

    sign_in(client, team.head)

    assert where(client.get("/desk/")) == "/second-factor"


def test_an_authenticator_cannot_be_replaced_without_showing_it(client, team, demanded):
    enrolled(holder(team.head))
    sign_in(client, team.head)

    assert where(client.get("/second-factor/enrol")) == "/second-factor"
    assert where(client.post("/second-factor/enrol", {"code": "123456"})) == "/second-factor"


def test_without_the_second_factor_the_api_sees_nobody(client, team, demanded, rf):
    sign_in(client, team.head)

    request = client.get("/rules/").wsgi_request

    assert request.who is None


def test_switching_to_a_privileged_post_asks_then(client, team, demanded):
    make.post(PostKind.BRIGADE_HEAD, user=holder(team.lead), organisation=team.brigade)
    sign_in(client, team.lead)
    posts = {post.kind: str(post.id) for post in holder(team.lead).posts.all()}

    client.post("/post", {"post": posts["supervisor"]})
    assert client.get("/desk/").status_code == 200
    client.post("/post", {"post": posts["brigade_head"]})
    assert where(client.get("/desk/")) == "/second-factor/enrol"
    client.post("/post", {"post": posts["supervisor"]})
    assert client.get("/desk/").status_code == 200


def test_the_deputy_of_a_privileged_post_needs_the_second_factor_too(client, team, demanded):
    form = Leave(deputy=make.username(team.lead), until=timezone.localdate() + timedelta(days=1))
    perform(go_on_leave, team.head.post_id, make.call(team.head), form)
    sign_in(client, team.lead)
    lent = str(team.head.post_id)

    chosen = client.post("/post", {"post": lent})

    assert chosen.status_code == 302
    assert where(client.get("/desk/")) == "/second-factor/enrol"


def test_a_deputy_acts_under_both_names(client, team):
    form = Leave(deputy=make.username(team.lead), until=timezone.localdate() + timedelta(days=1))
    perform(go_on_leave, team.head.post_id, make.call(team.head), form)
    sign_in(client, team.lead)

    client.post("/post", {"post": str(team.head.post_id)})

    assert f"大队长代{team.head.name}" in client.get("/desk/").content.decode()


def test_a_link_starts_once(client, client_elsewhere, team):
    secret = issued(keeper(), holder(team.manager)).secret
    address = f"/start/{secret}"

    assert client.get(address).headers["Referrer-Policy"] == "same-origin"
    form = {"password": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert client.post(address, form).status_code == 302
    assert client.get("/desk/").status_code == 200
    assert client_elsewhere.get(address).status_code == 410
    assert client_elsewhere.post(address, form).status_code == 410
    assert client_elsewhere.get("/start/guessed").status_code == 410


def test_a_used_link_signs_everybody_else_out(client, client_elsewhere, team):
    sign_in(client, team.lead)
    secret = issued(keeper(), holder(team.lead)).secret

    client_elsewhere.post(f"/start/{secret}", {"password": NEW_PASSWORD, "again": NEW_PASSWORD})

    assert where(client.get("/desk/")) == "/sign-in"


@pytest.fixture
def worker():
    return make.who(PostKind.GRID_WORKER, organisation=make.organisation(kind="service_centre"))


def bound(client, worker, pin=PIN):
    code = issued(keeper(), holder(worker), TicketKind.PAPER).secret
    return client.post("/start-phone", {"code": code, "pin": pin, "again": pin})


def test_a_paper_code_binds_the_phone_and_then_a_pin_is_enough(client, worker):
    assert bound(client, worker).status_code == 302
    assert client.get("/desk/").status_code == 200
    client.post("/sign-out")

    assert where(client.get("/sign-in")) == "/pin"
    assert client.post("/pin", {"pin": PIN}).status_code == 302
    assert client.get("/desk/").status_code == 200
    cookie = client.cookies["phone"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_pin_is_worth_nothing_on_another_phone(client, client_elsewhere, worker):
    bound(client, worker)

    assert where(client_elsewhere.post("/pin", {"pin": PIN})) == "/sign-in"


def test_a_lost_phone_is_out_at_the_next_request(client, worker):
    bound(client, worker)

    perform(revoke_phone, Phone.objects.get().id, make.call(keeper()), Nothing())

    assert where(client.get("/desk/")) == "/sign-in"
    assert where(client.post("/pin", {"pin": PIN})) == "/sign-in"


def test_a_weak_pin_is_refused_and_the_code_still_works(client, worker):
    code = issued(keeper(), holder(worker), TicketKind.PAPER).secret

    weak = client.post("/start-phone", {"code": code, "pin": "123456", "again": "123456"})
    good = client.post("/start-phone", {"code": code, "pin": PIN, "again": PIN})

    assert (weak.status_code, good.status_code) == (422, 302)


def test_guessed_codes_are_stopped_even_if_the_eleventh_is_right(client, worker):
    code = issued(keeper(), holder(worker), TicketKind.PAPER).secret
    for _ in range(10):
        client.post("/start-phone", {"code": "AAAA-BBBB-CCCC", "pin": PIN, "again": PIN})

    late = client.post("/start-phone", {"code": code, "pin": PIN, "again": PIN})

    assert late.status_code == 422
    assert not Phone.objects.exists()


def test_a_pin_opens_only_the_posts_that_may_use_one(client, worker):
    make.post(PostKind.SUPERVISOR, user=holder(worker))
    bound(client, worker)

    page = client.get("/desk/")

    assert page.status_code == 200
    assert page.wsgi_request.who.kind == PostKind.GRID_WORKER


def test_what_happened_at_the_door_is_dropped_after_its_time():
    now = timezone.now()
    for days in (364, 366):
        SignInEvent.objects.create(at=now - timedelta(days=days), what=What.SIGNED_IN)

    assert forget_old_events(now) == 1
    assert SignInEvent.objects.get().at == now - timedelta(days=364)
