"""``python -m tests.site [--today YYYY-MM-DD]``: serves the look-alike until Ctrl-C."""

import argparse
import threading
from datetime import date, datetime

from tests.site.server import LookAlike
from tests.site.site import Site
from tests.site.story import WIB


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.site", description=__doc__)
    parser.add_argument("--today", type=date.fromisoformat, help="day of the newest stories (default: now, WIB)")
    today = parser.parse_args().today or datetime.now(WIB).date()
    with LookAlike(Site(today)) as served:
        print(f"A look-alike of kompas.com, as of {today}, behind the proxy {served.proxy_url}. To reach it:\n")
        for name, value in served.env().items():
            print(f"export {name}={value}")
        print("\nCtrl-C ends it.", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
