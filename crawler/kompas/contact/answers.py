"""An answer of the site, or the reason why there is none."""

from dataclasses import dataclass

from crawler.errors import Blocked, FailureReason
from crawler.kompas.response import SiteResponse


@dataclass(frozen=True)
class Unanswered:
    """A request without a usable response."""

    url: str
    reason: str
    """As a failure of a crawl is named: `Timeout`, `HttpStatus 403`, `Blocked`, `RobotsTxt`."""
    detail: str

    def __str__(self) -> str:
        return (
            f"{self.reason}: {self.detail}" if self.url in self.detail else f"{self.reason}: {self.url} ({self.detail})"
        )

    @property
    def is_refusal(self) -> bool:
        """Whether the site refuses to be read: a bot protection, 403 or 429."""
        refused = (f"{FailureReason.HTTP_STATUS} 403", f"{FailureReason.HTTP_STATUS} 429")
        return self.reason in (Blocked.__name__, *refused)

    @property
    def is_missing_page(self) -> bool:
        """Whether the site answered that there is no such page."""
        return self.reason == f"{FailureReason.HTTP_STATUS} 404"


Answer = SiteResponse | Unanswered
