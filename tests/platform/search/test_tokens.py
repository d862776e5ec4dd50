"""How names and questions are cut into tokens: no database."""

import pytest

from fengsui.platform.search.asked import LONGEST_QUESTION, All, Either, question
from fengsui.platform.search.declared import Found
from fengsui.platform.search.syllables import readings, splits
from fengsui.platform.search.tokens import tokens_of


def asked(text):
    """A question that holds something."""
    found = question(text)
    assert found is not None
    return found


HOSPITAL = tokens_of("premises", Found(names=("通辽市医院",), regions=("150502001000",))).split()


@pytest.mark.parametrize(
    ("character", "heard"),
    [
        pytest.param("医", ("yi",), id="one reading"),
        pytest.param("长", ("zhang", "chang"), id="two readings"),
        pytest.param("女", ("nv", "ru", "nu"), id="ü as v and as u"),
        pytest.param("A", (), id="no Chinese character"),
    ],
)
def test_every_reading_of_a_character_counts(character, heard):
    assert readings(character) == heard


@pytest.mark.parametrize(
    ("letters", "way"),
    [
        ("tongliao", ("tong", "liao")),
        ("tlsyy", ("t", "l", "s", "y", "y")),
        ("tlyiyuan", ("t", "l", "yi", "yuan")),
        ("tongli", ("tong", "li")),
    ],
)
def test_letters_are_read_in_the_fewest_syllables_and_initials_first(letters, way):
    assert splits(letters)[0] == way


def test_letters_with_two_likely_readings_are_read_both_ways():
    assert {("xian",), ("xi", "an")} <= set(splits("xian"))
    assert {("tong", "an"), ("ton", "gan")} <= set(splits("tongan"))


def test_letters_that_are_no_pinyin_are_letters_only():
    assert splits("iu") == ()
    assert asked("iu").words == All(("iu",))


def test_a_name_is_cut_into_characters_pairs_sounds_and_how_it_begins():
    assert {"通", "通辽", "辽市", "市医", "医院", "院"} <= set(HOSPITAL)
    assert {"~tong", "~liao", "~yi", "~yuan", "~li", "~~tl", "~~ls", "~~yy"} <= set(HOSPITAL)
    assert {"=通辽市医院", "=tlsyy", "^通", "^通辽市医院", "^tl"} <= set(HOSPITAL)


def test_an_entry_carries_its_kind_and_every_level_of_its_region():
    scope = [token for token in HOSPITAL if token[0] == "#"]

    assert scope == [
        "#premises",
        "#premises@15",
        "#premises@1505",
        "#premises@150502",
        "#premises@150502001",
        "#premises@150502001000",
    ]


def test_a_document_number_is_cut_into_words_and_numbers():
    cut = tokens_of("document", Found(names=("科区消限字〔2026〕第0001号",))).split()

    assert {"科区", "区消", "消限", "限字", "2026", "0001", "00"} <= set(cut)


@pytest.mark.parametrize("typed", ["", "   ", "《》", "'", '"', "\x00", "()&|!*:-", "〔〕"])
def test_a_question_without_a_word_asks_nothing(typed):
    assert question(typed) is None


@pytest.mark.parametrize(
    "typed", ["'医院'", '"医院" OR 1', "医院\x00", "医*", "NEAR(医 院)", "\\'医"]
)
def test_no_sign_of_a_query_language_reaches_a_token(typed):
    def tokens(term):
        return [term] if isinstance(term, str) else [t for p in term.parts for t in tokens(p)]

    cut = [*tokens(asked(typed).words), asked(typed).exact, asked(typed).begins]
    assert [token for token in cut if set(token) & set("'\"\\*()&|! \x00")] == []


def test_ten_thousand_characters_are_cut_to_the_longest_question():
    assert question("医院" * 5000) == question("医院" * (LONGEST_QUESTION // 2))


def test_what_people_type_never_yields_a_marked_token():
    kind, scope = asked("#premises"), asked("#premises@150502")

    assert isinstance(kind.words.parts[0], Either)
    assert kind.words.parts[0].parts[0] == "premises"
    assert scope.words.parts[0] == kind.words.parts[0]
    assert scope.words.parts[1] == "150502"
