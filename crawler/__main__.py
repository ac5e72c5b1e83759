"""The command `kompas-global`, also `python -m crawler`: the commands of `scrapy`, in any folder.

`scrapy` finds the project by a `scrapy.cfg` in the current folder or above it; this entry point names the settings
itself. Paths such as `data/kompas_global.db` stay relative to the current folder.
"""

import os

from scrapy.cmdline import execute


def main() -> None:
    """Run one command with the arguments of the process, and exit with its status."""
    os.environ["SCRAPY_SETTINGS_MODULE"] = "crawler.settings"
    execute()


if __name__ == "__main__":
    main()
