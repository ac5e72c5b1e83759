"""20 April 2023: stories in the odd forms of 2021 to 2026, one form each, in the markup in which it stands."""

from tests.site.specials_odd_body import bodies
from tests.site.specials_odd_head import heads
from tests.site.story import Story


def stories() -> tuple[Story, ...]:
    return (*heads(), *bodies())
