"""Numbers with their noun, as the last lines of commands and the reasons of runs print them."""


def number_of(number: int, one: str, more: str) -> str:
    """Return a number with the words that fit it.

    >>> number_of(1, "day is short", "days are short"), number_of(0, "record", "records")
    ('1 day is short', '0 records')
    """
    return f"{number} {one if number == 1 else more}"
