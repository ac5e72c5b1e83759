"""`scrapy export OUT`: write the store as a file; `--bundle DIR`: as a release; `--verify DIR`: check a release."""

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path

from crawler.commands.base import ExitStatus, KompasCommand
from crawler.commands.export_options import refuse_in_check, refuse_in_file, refuse_in_release
from crawler.commands.filters import SELECTING, conditions_text, selection_of
from crawler.commands.one_file import STDOUT, format_name_of, write_file
from crawler.commands.releases import Wanted, never_compared, rebuilt, release_of
from crawler.commands.spans import days_of
from crawler.commands.streams import print_line, print_message
from crawler.dataset.about import About, read_about
from crawler.dataset.aside import filled_aside
from crawler.dataset.delta import Earlier, read_earlier
from crawler.dataset.edition import edition_of
from crawler.dataset.formats import NO_PYARROW, Written
from crawler.dataset.splits import By, plan_of
from crawler.dedupe.likeness import Likeness
from crawler.errors import BadArgument
from crawler.extensions.progress import counted_line
from crawler.plural import number_of
from crawler.storage import is_there, shown


def export(command: KompasCommand, args: list[str], opts: argparse.Namespace) -> int:
    """Write a file or a release, or check a release.

    :raises UserError: the options cannot be used, or what they name cannot be read or written.
    """
    if opts.verify:
        refuse_in_check(opts, SELECTING)
        return _verify(command, Path(opts.verify), opts)
    written = _bundle(command, opts) if opts.bundle else _file(command, args[0], opts)
    out = opts.bundle or args[0]
    if not written.records:
        print_message(_nothing(command, out, opts))
        return ExitStatus.NOTHING
    records = number_of(written.records, "record", "records")
    print_message(f"{records} {'on standard output' if out == STDOUT else f'in {out}'}")
    if written.loss:
        print_message(written.loss)
    return ExitStatus.HEALTHY


def _nothing(command: KompasCommand, out: str, opts: argparse.Namespace) -> str:
    """Return the message for a selection without records."""
    conditions = conditions_text(opts, opts.search)
    what = "change" if opts.what == "changes" else "article"
    there = f"no {what} in the store {shown(command.target)}"
    unwritten = "nothing was written" if out == STDOUT else f"{out} was not written"
    return f"{there}{' meets ' if conditions else ''}{conditions}; {unwritten}"


def _file(command: KompasCommand, out: str, opts: argparse.Namespace) -> Written:
    """Write one file, or standard output.

    :raises BadArgument: the format is unknown, or an option has no meaning for it.
    """
    format_name = format_name_of(out, opts.format)
    refuse_in_file(opts, format_name)
    if out != STDOUT:
        command.output(out)
    with command.open_store() as store:
        return write_file(store, selection_of(store, opts, opts.search), out, format_name, opts)


def _bundle(command: KompasCommand, opts: argparse.Namespace) -> Written:
    """Write a release under the run lock, so that it shows one state of the store."""
    try:
        from crawler.dataset.bundle import write_bundle
    except ModuleNotFoundError as error:
        raise BadArgument(NO_PYARROW) from error
    refuse_in_release(opts)
    folder = command.output(opts.bundle, is_folder=True)
    plan = plan_of(opts.split, opts.split_by or By.TIME.value, opts.seed or 0) if opts.split else None
    about = read_about(Path(opts.about)) if opts.about else About()
    earlier = _earlier(command, opts)
    _compare_all(command)
    with command.open_store(alone=True) as store:
        selection = selection_of(store, opts, opts.search)
        total = store.count(selection)
        if not total:
            return Written(0)
        asked = {name: getattr(opts, name) for name in SELECTING if getattr(opts, name)}
        asked["revisions"] = selection.revisions.value
        edition = edition_of(opts.text, opts.extras or ())
        release = release_of(store, selection, days_of(opts), Wanted(asked, edition, plan, about, earlier))
        records = counted_line("bundle", release.records, total)
        with filled_aside(folder) as aside:
            return Written(write_bundle(replace(release, records=iter(records)), aside).records)


def _earlier(command: KompasCommand, opts: argparse.Namespace) -> Earlier | None:
    """Return the release of `--since-release`.

    :raises BadArgument: it is none, or cannot be read.
    """
    if not opts.since_release:
        return None
    from crawler.dataset.manifest import read_manifest

    folder = Path(opts.since_release)
    return read_earlier(folder, read_manifest(folder))


def _compare_all(command: KompasCommand) -> None:
    """Compare stories that no command compared with the others, so that near-duplicates stay in one part.

    Such are the stories of a store that an earlier version wrote.
    """
    with command.open_store(alone=True) as store:
        if not never_compared(store):
            return
    with command.open_store(alone=True, writes=True) as store:
        compared = store.label_all(Likeness)
    stories = number_of(
        compared, "story had no near-duplicate keys; it was", "stories had no near-duplicate keys; they were"
    )
    print_message(f"{stories} compared with the others first")


def _verify(command: KompasCommand, folder: Path, opts: argparse.Namespace) -> int:
    """Print each fault of a release and return the exit status.

    A release without texts is compared with the store, if there is one: each record whose text the store does not
    hold is printed.
    """
    try:
        from crawler.dataset.verify import verify
    except ModuleNotFoundError as error:
        raise BadArgument(NO_PYARROW) from error
    checked = verify(folder, _earlier(command, opts))
    for fault in checked.faults:
        print_line(fault)
    records, faults = number_of(checked.records, "record", "records"), len(checked.faults)
    print_message(f"{records}, {number_of(faults, 'fault', 'faults')}")
    found: Counter[str] = Counter()
    target = command.target
    if checked.is_stand_off and is_there(target):
        with command.open_store() as store:
            for story, revision, state in rebuilt(store, checked.hashes):
                found[state] += 1
                if state != "same":
                    print_line(f"{story} revision {revision}: {state}")
        counts = ", ".join(f"{found[state]} {state}" for state in ("same", "different", "missing"))
        print_message(f"texts in {shown(target)}: {counts}")
    is_faulty = checked.faults or found["different"] or found["missing"]
    return ExitStatus.FAULTY if is_faulty else ExitStatus.HEALTHY
