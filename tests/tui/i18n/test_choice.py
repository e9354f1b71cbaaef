"""Which language the program speaks."""

from tui.i18n.choice import choose_language


def test_what_was_asked_for_wins_over_everything() -> None:
    assert choose_language("ru", {"KARTOTEKA_LANG": "uk", "LANG": "en_US.UTF-8"}, saved="en") == "ru"


def test_the_variable_of_the_program_wins_over_settings_and_locale() -> None:
    assert choose_language(None, {"KARTOTEKA_LANG": "uk", "LANG": "ru_RU.UTF-8"}, saved="ru") == "uk"


def test_settings_win_over_the_locale() -> None:
    assert choose_language(None, {"LANG": "ru_RU.UTF-8"}, saved="uk") == "uk"


def test_the_locale_decides_in_the_order_of_its_variables() -> None:
    locale = {"LC_ALL": "uk_UA.UTF-8", "LC_MESSAGES": "ru_RU.UTF-8", "LANG": "en_US.UTF-8"}
    assert choose_language(None, locale) == "uk"
    assert choose_language(None, {**locale, "LC_ALL": ""}) == "ru"
    assert choose_language(None, {"LANG": "ru_UA.KOI8-U"}) == "ru"


def test_a_machine_without_a_language_speaks_english() -> None:
    assert choose_language(None, {}) == "en"
    assert choose_language(None, {"LC_ALL": "C", "LANG": "uk_UA.UTF-8"}) == "en"
    assert choose_language(None, {"LANG": "de_DE.UTF-8"}) == "en"


def test_a_language_we_do_not_speak_is_passed_over() -> None:
    assert choose_language(None, {"KARTOTEKA_LANG": "fr", "LANG": "uk_UA.UTF-8"}) == "uk"
