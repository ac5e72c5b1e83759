"""What all commands share: checked settings, errors as one line, exit statuses, the store and its run lock."""

import argparse
import atexit
import gc
import os
import sys
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler import settings as project_settings
from crawler.commands.streams import drop_broken_streams, prepare_streams, print_message
from crawler.dataset.aside import written_aside
from crawler.errors import StoreBusy, UserError
from crawler.outputs import refuse_output, refuse_outputs
from crawler.own_settings import refuse_unusable
from crawler.visible import log_visibly

if TYPE_CHECKING:
    from crawler.storage import Store


class ExitStatus(IntEnum):
    """The exit statuses of all commands."""

    HEALTHY = 0
    """The command did what it was asked to do, and found nothing wrong."""
    UNHEALTHY = 1
    """The run, or the reading of the archive, is less than it should be, or Ctrl-C ended the command. Runs with a cause
    that has a status of its own end with that one (see `health.causes`)."""
    SHORT = 1
    """An index day lacks stories."""
    MISSING = 1
    """Nothing is stored about the story, or its bytes are not in the archive."""
    DIFFERENT = 1
    """The site is not as the project assumes, or gave no answer."""
    NOTHING = 1
    """No article meets the conditions, so that no file was written."""
    FAULTY = 1
    """The bundle is damaged, or its texts differ from those in the store."""
    REFUSED = 2
    """Nothing was done: a wrong argument or setting, an unreadable archive, an unusable store."""
    BUSY = 3
    """Nothing was done: another run uses the store."""


class KompasCommand(ScrapyCommand):
    """Base of all commands. The store is imported where it is opened: a command that is only listed needs none."""

    requires_project: bool = True
    requires_crawler_process: bool = False

    argument_needed: ClassVar[str] = ""
    """Error message if the one argument of the command is absent; empty for a command without arguments."""

    refusal: UserError | None = None
    """Why the options cannot be used; Scrapy has no place for it before `run`."""

    def syntax(self) -> str:
        """Return the words after the name of the command."""
        return "[options]"

    def stopped(self) -> str:
        """Return the message of a command that Ctrl-C ended."""
        return "stopped"

    @abstractmethod
    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Do the work and return the exit status.

        :raises UserError: printed as one line; the status is then 2, or 3 for a busy store.
        """

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the options. Scrapy calls this first; a log or other file that must not be written is not opened."""
        prepare_streams()
        log_visibly()
        pid_file, opts.pidfile = opts.pidfile, None
        super().process_options(args, opts)
        settings = self.checked_settings
        outputs = {"LOG_FILE": settings["LOG_FILE"], "--pidfile": pid_file, "--profile": opts.profile}
        outputs |= {"KOMPAS_HEARTBEAT": settings["KOMPAS_HEARTBEAT"]}
        outputs |= {f"the feed {target}": target for target in settings.getdict("FEEDS")}
        try:
            refuse_outputs({name: str(value or "") for name, value in outputs.items()}, self.target)
            if pid_file:
                with written_aside(Path(pid_file)) as aside:
                    aside.write_text(f"{os.getpid()}\n", encoding="utf-8")
        except UserError as refusal:
            self.refusal = refusal
            settings.set("LOG_FILE", None, priority="cmdline")
            opts.profile = None

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the command and set the exit status. Scrapy calls this.

        A reader that closes the pipe early (``| head``) ends the command with status 1 and no message.

        :raises UsageError: for Scrapy, which prints the usage and exits with status 2.
        """
        # Python would search all modules for garbage as it ends, a sixth of the time of a short command
        atexit.register(gc.freeze)
        try:
            self.exitcode = self._status(args, opts)
            sys.stdout.flush()
        except BrokenPipeError:
            drop_broken_streams()
            self.exitcode = ExitStatus.UNHEALTHY
        except OSError as error:  # a file that has no error of its own, or a stream whose disk is full
            drop_broken_streams()
            print_message(f"{error.filename or 'the output'} cannot be read or written ({error.strerror})")
            self.exitcode = ExitStatus.UNHEALTHY

    def output(self, named: str, *, is_folder: bool = False) -> Path:
        """Return the path of a file or folder to write.

        :raises BadArgument: it must not be written to.
        """
        refuse_output(Path(named), self.target, is_folder=is_folder)
        return Path(named)

    def _status(self, args: list[str], opts: argparse.Namespace) -> int:
        try:
            if self.refusal:
                raise self.refusal
            refuse_unusable(self.checked_settings, os.environ, vars(project_settings))
            _refuse_unknown_options(args)
            self.check_arguments(args, opts)
            return self.execute(args, opts)
        except UserError as refusal:
            print_message(str(refusal))
            self.tell_refusal(refusal)
            return ExitStatus.BUSY if isinstance(refusal, StoreBusy) else ExitStatus.REFUSED
        except KeyboardInterrupt:
            print_message(self.stopped())
            return ExitStatus.UNHEALTHY

    def tell_refusal(self, refusal: UserError) -> None:  # commands without a monitor do nothing
        """Tell a monitor that the command was refused."""

    def check_arguments(self, args: list[str], opts: argparse.Namespace) -> None:
        """Raise an error if there are more or fewer arguments than the command has."""
        if len(args) != bool(self.argument_needed):
            raise UsageError(self.argument_needed or f"{args[0]} is not expected", print_help=False)

    @property
    def checked_settings(self) -> Settings:
        """Return the settings, which Scrapy sets before it runs the command."""
        assert self.settings is not None, "Scrapy sets it"
        return self.settings

    @property
    def target(self) -> str:
        """Return the path or address of the store."""
        return str(self.checked_settings["KOMPAS_DB"])

    @contextmanager
    def open_store(self, *, alone: bool = False, writes: bool = False) -> Iterator["Store"]:
        """Open the store that `KOMPAS_DB` names, and close it at the end.

        :param alone: hold the run lock of the store, so that no run changes it meanwhile.
        :param writes: open it to write, which needs `alone`; else it is only read, and nothing is changed.
        :raises UnusableStore: there is no such store, or it cannot be used.
        :raises StoreBusy: a run holds the lock.
        """
        from crawler.storage import Store, refuse_missing

        assert alone or not writes, "a store is written under the run lock"
        with ExitStack() as stack:
            if alone:
                refuse_missing(self.target)
                stack.enter_context(run_lock(self.target))
            yield stack.enter_context(closing(Store(self.target) if writes else Store.to_read(self.target)))


@contextmanager
def run_lock(target: str, wait: float = 0) -> Iterator[None]:
    """Hold the run lock of a store.

    :param wait: seconds to wait for another run to end.
    :raises StoreBusy: another run still holds the lock.
    :raises UnusableStore: the lock cannot be made.
    """
    from crawler.storage import RunLock

    lock = RunLock(target)
    try:
        lock.acquire(wait)
        yield
    finally:
        lock.release()


def _refuse_unknown_options(args: list[str]) -> None:
    """Refuse words that look like options; a single `-` stands for standard output.

    :param args: all words that argparse did not recognise.
    :raises UsageError: one of them is an option.
    """
    unknown = [word for word in args if word.startswith("-") and word != "-"]
    if unknown:
        raise UsageError(f"there is no option {unknown[0]}", print_help=False)
