"""The project's own settings: values that are accepted, and the sentence for those that are not."""

from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from crawler.errors import BadArgument
from crawler.own_settings import TABLE, refuse_unusable, values


def check(given: dict[str, Any], environ: dict[str, str] | None = None) -> None:
    refuse_unusable(Settings({**values({}), **given}), environ or {}, TABLE)


def refusal(given: dict[str, Any], environ: dict[str, str] | None = None) -> str:
    with pytest.raises(BadArgument) as refused:
        check(given, environ)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("KOMPAS_DB", "data/lain.db", "data/lain.db"),
        ("KOMPAS_DB", Path("data/lain.db"), "data/lain.db"),
        ("KOMPAS_DB", "postgresql://u@h/d", "postgresql://u@h/d"),
        ("KOMPAS_CONTACT", "Sari <sari@example.org>", "Sari <sari@example.org>"),
        ("KOMPAS_WARC_DIR", "", ""),
        ("KOMPAS_REVISIT_HOURS", "6, 24.5 ,72", [6.0, 24.5, 72.0]),
        ("KOMPAS_REVISIT_HOURS", "6", [6.0]),
        ("KOMPAS_REVISIT_HOURS", "", []),
        ("KOMPAS_REVISIT_HOURS", [6, 24], [6.0, 24.0]),
        ("KOMPAS_BACKOFF", "0", 0.0),
        ("KOMPAS_BACKOFF", "0.05", 0.05),
        ("KOMPAS_BACKOFF", 30, 30.0),
        ("KOMPAS_BLOCK_STREAK", "0", 0),
        ("KOMPAS_MAX_FAILED_SHARE", "1", 1.0),
        ("KOMPAS_MAX_FAILED_SHARE", 0.05, 0.05),
        ("KOMPAS_WORKERS", 3, 3),
        ("KOMPAS_CLUSTER", "tcp://127.0.0.1:8786", "tcp://127.0.0.1:8786"),
        ("KOMPAS_RENDER", "auto", "auto"),
    ],
)
def test_a_good_value_is_accepted_as_text_and_as_the_value_itself(name: str, value: object, read: object) -> None:
    """Without it a setting that works from the command line is refused when a program sets it, or the reverse."""
    check({name: value})
    assert TABLE[name].read(value) == read


@pytest.mark.parametrize(
    ("name", "value", "form"),
    [
        ("KOMPAS_DB", "", "a path, or postgresql://USER@HOST/DATABASE"),
        ("KOMPAS_DB", " ", "a path, or postgresql://USER@HOST/DATABASE"),
        ("KOMPAS_DB", None, "a path, or postgresql://USER@HOST/DATABASE"),
        ("KOMPAS_WORKERS", "abc", "a whole number of at least 0"),
        ("KOMPAS_WORKERS", "-1", "a whole number of at least 0"),
        ("KOMPAS_WORKERS", "1.5", "a whole number of at least 0"),
        ("KOMPAS_WORKERS", "", "a whole number of at least 0"),
        ("KOMPAS_WORKERS", -1, "a whole number of at least 0"),
        ("KOMPAS_WORKERS", 1.5, "a whole number of at least 0"),
        ("KOMPAS_WORKERS", True, "a whole number of at least 0"),
        ("KOMPAS_BLOCK_STREAK", "five", "a whole number of at least 0"),
        ("KOMPAS_MAX_FAILED_SHARE", "5%", "a number from 0 to 1, such as 0.05 for 5 %"),
        ("KOMPAS_MAX_FAILED_SHARE", "5", "a number from 0 to 1, such as 0.05 for 5 %"),
        ("KOMPAS_MAX_FAILED_SHARE", "-0.1", "a number from 0 to 1, such as 0.05 for 5 %"),
        ("KOMPAS_MAX_FAILED_SHARE", "nan", "a number from 0 to 1, such as 0.05 for 5 %"),
        ("KOMPAS_MAX_FAILED_SHARE", "0,05", "a number from 0 to 1, such as 0.05 for 5 %"),
        ("KOMPAS_BACKOFF", "30s", "seconds, a number of at least 0"),
        ("KOMPAS_BACKOFF", "-1", "seconds, a number of at least 0"),
        ("KOMPAS_BACKOFF", "inf", "seconds, a number of at least 0"),
        ("KOMPAS_REVISIT_HOURS", "6;24", "hours with commas between them, such as 6,24,72, or nothing"),
        ("KOMPAS_REVISIT_HOURS", "6,,24", "hours with commas between them, such as 6,24,72, or nothing"),
        ("KOMPAS_REVISIT_HOURS", "6,-24", "hours with commas between them, such as 6,24,72, or nothing"),
        ("KOMPAS_REVISIT_HOURS", "1e9", "hours with commas between them, such as 6,24,72, or nothing"),
        ("KOMPAS_REVISIT_HOURS", 6, "hours with commas between them, such as 6,24,72, or nothing"),
        ("KOMPAS_HEARTBEAT", 1, "the path of a file, or nothing"),
        ("KOMPAS_RENDER", "sometimes", "never, auto or always"),
        ("KOMPAS_RENDER", "Auto", "never, auto or always"),
        ("KOMPAS_RENDER", "", "never, auto or always"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_the_form_that_can(name: str, value: object, form: str) -> None:
    """Without it a typing error is a traceback in the middle of the night, or a limit that never stops anything."""
    assert refusal({name: value}) == f"{name}={value} cannot be used; give {form}"


def test_a_refusal_is_one_line_whatever_the_value() -> None:
    """Without it a contact with a line break adds a header of its own to every request."""
    said = refusal({"KOMPAS_CONTACT": "sari@example.org\nX-Lain: 1"})
    assert said == "KOMPAS_CONTACT with a line break or control character cannot be used; give one line of text"


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("KOMPAS_WORKER", "KOMPAS_WORKERS"),
        ("KOMPAS_DATABASE", "KOMPAS_DB"),
        ("KOMPAS_MAX_FAILED", "KOMPAS_MAX_FAILED_SHARE"),
        ("KOMPAS_REVISIT", "KOMPAS_REVISIT_HOURS"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_known_one(name: str, nearest: str) -> None:
    """Without it a mistyped setting changes nothing, and the user believes that it did."""
    assert refusal({name: "1"}) == f"there is no setting {name}; the nearest is {nearest}, docs/settings.md lists all"
    assert refusal({}, {name: "1"}).startswith(f"there is no setting {name} (an environment variable); the nearest")


@pytest.mark.parametrize("name", ["archive", "replay"])
def test_a_former_setting_is_refused_with_the_argument_in_its_place(name: str) -> None:
    """Without it a line from the documentation of an earlier version crawls the live site."""
    setting = f"KOMPAS_{name.upper()}"
    assert refusal({setting: "a.warc.gz"}) == f"there is no setting {setting} any more; give -a {name}=FILES"
    assert f"give -a {name}=FILES" in refusal({}, {setting: "a.warc.gz"})


def test_a_second_queue_is_refused() -> None:
    """Without it Scrapy crawls the requests of an old queue in addition to those of the store."""
    assert refusal({"JOBDIR": "crawls/1"}).endswith("an interrupted crawl is resumed from the store")
    check({"JOBDIR": None})


def test_other_variables_of_the_environment_are_none_of_its_business() -> None:
    """Without it a crawl is refused because of a variable of another program."""
    check({}, {"PATH": "/bin", "kompas_lower": "1", "MY_KOMPAS_DB": "x"})


def test_the_environment_replaces_a_default() -> None:
    """Without it a container cannot be configured without changing its command."""
    found = values({"KOMPAS_DB": "lain.db", "KOMPAS_WORKERS": "2", "HOME": "/"})
    assert found == {**values({}), "KOMPAS_DB": "lain.db", "KOMPAS_WORKERS": "2"}
