"""`scrapy retry-failed`: which failures can be requested once more."""

from crawler.commands.base import KompasCommand
from crawler.commands.streams import print_message
from crawler.url_list import can_be_listed


def failed_urls(command: KompasCommand) -> list[str]:
    """Return the addresses of the stories, index days and section pages that failed; print what is left out."""
    with command.open_store() as store:
        failed = [failure["url"] for failure in store.failures() if not failure["gone"]]
    urls = [url for url in failed if can_be_listed(url)]
    if len(urls) < len(failed):
        print_message(f"{len(failed) - len(urls)} failed that are no story, index day or front; see the table failures")
    if not urls:
        print_message("nothing failed that could be tried again")
    return urls
