"""The run as a row of the store, written before the first request, so that a killed run leaves a trace."""

import logging
import os
import socket
from dataclasses import dataclass
from datetime import datetime

from scrapy.crawler import Crawler

from crawler import PARSER_VERSION, __version__
from crawler.arguments import arguments_of
from crawler.clock import latest_believed, utc_now
from crawler.extensions.run_settings import settings_of
from crawler.storage import Beginning, Store

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class RunRecord:
    """This run in the table `runs`; its end is written by `Verdict`."""

    id: int
    started_at: datetime
    job_started_at: datetime
    """When the first run of the job that this one resumes began; its own start otherwise."""


def begin_run(store: Store, crawler: Crawler) -> RunRecord:
    """Write the row of a run.

    :raises UnusableStore: the store cannot be written.
    """
    now = utc_now()
    beginning = Beginning(
        job=arguments_of(crawler).job,
        started_at=now,
        host=socket.gethostname(),
        pid=os.getpid(),
        version=__version__,
        parser_version=PARSER_VERSION,
        settings=settings_of(crawler),
    )
    run_id, job_started_at = store.runs.begin(beginning)
    earlier = store.runs.parser_before(run_id)
    if earlier not in (None, PARSER_VERSION):
        logger.warning(
            "The run before read with parser %s, this one with %s: `scrapy reextract` brings what is stored up to "
            "date, so that the difference does not pass for a revision",
            earlier,
            PARSER_VERSION,
        )
    to_come = store.runs.began_after(latest_believed())
    if to_come:
        logger.warning(
            "A run of this store began on %s, which is still to come: the clock was wrong then, or is now. "
            "Times after now are not believed",
            to_come.isoformat(),
        )
    return RunRecord(run_id, now, job_started_at)
