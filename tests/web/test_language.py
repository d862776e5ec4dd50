"""Chinese first: another language is what a person switched to, not what a browser was sold with."""

import pytest

pytestmark = pytest.mark.django_db


def test_an_english_browser_gets_chinese_until_its_person_switches(client):
    first = client.get("/sign-in", headers={"accept-language": "en-US,en;q=0.9"})
    client.post("/language", {"language": "en", "next": "/sign-in"})

    then = client.get("/sign-in", headers={"accept-language": "zh-CN"})

    assert (first.headers["Content-Language"], then.headers["Content-Language"]) == (
        "zh-hans",
        "en",
    )


def test_a_language_that_nobody_offers_is_chinese(client):
    client.cookies["django_language"] = "xx"

    assert client.get("/sign-in").headers["Content-Language"] == "zh-hans"
