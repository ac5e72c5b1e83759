"""What `KOMPAS_DB` may say, and that no password in it is ever shown."""

import pytest
from sqlalchemy.exc import DBAPIError

from crawler.errors import UnusableStore
from crawler.storage import RunLock, Store, is_server, shown
from crawler.storage.advice import unusable

SECRET = "rahasia"
ADDRESSES = [
    "postgresql://ani:rahasia@host/db",
    "postgresql://ani@host/db?password=rahasia",
    "postgresql://ani@host/db?sslpassword=rahasia&sslmode=require",
    "postgresql://ani:rahasia@host:port/db",
    "postgresql://ani:x@rahasia@host/db",
    "postgresql:/ani:rahasia@host/db",
    "postgresql:ani:rahasia@host/db",
    "postgres+psycopg:/ani:rahasia@host/db",
    "host=db user=ani password=rahasia",
    "mysql://ani:rahasia@host/db",
    "://ani:rahasia@host/db",
]


@pytest.mark.parametrize("target", ADDRESSES)
def test_a_password_is_never_shown(target: str) -> None:
    """Without it the mail of cron, the log and the bug report hold the password of the database."""
    assert is_server(target)
    assert SECRET not in shown(target)


@pytest.mark.parametrize("target", [one for one in ADDRESSES if not one.startswith("postgresql://")])
def test_what_can_only_be_meant_as_an_address_is_no_path(
    target: str, tmp_path: "object", monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a slip makes a file whose name is the password."""
    monkeypatch.chdir(str(tmp_path))
    for use in (Store, Store.to_read, RunLock):
        with pytest.raises(UnusableStore) as refusal:
            use(target)
        assert SECRET not in str(refusal.value)


@pytest.mark.parametrize("target", ["data/kompas_global.db", "C:/kompas.db", "a:b.db", "postgresql.db", "/tmp/x y"])
def test_a_path_is_a_path(target: str) -> None:
    """Without it a store with a colon in its name cannot be opened."""
    assert not is_server(target)
    assert shown(target) == target


def test_an_error_of_the_driver_has_no_password() -> None:
    """Without it a message that this project does not know shows it."""
    error = DBAPIError("select 1", None, Exception("odd: could not use rahasia\nat host"))
    said = str(unusable("postgresql://ani:rahasia@host/db", error))
    assert "odd: could not use *** at host" in said
