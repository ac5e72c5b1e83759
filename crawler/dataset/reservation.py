"""What a publisher's robots.txt says about AI: the lines that name AI crawlers or AI uses, as printed."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

AI_AGENTS: Final = (
    *("addsearchbot", "ai2bot", "amazonbot", "anthropic-ai", "applebot-extended", "bytespider", "ccbot"),
    *(
        "chatgpt-user",
        "claude-web",
        "claudebot",
        "cohere-ai",
        "diffbot",
        "duckassistbot",
        "facebookbot",
        "google-extended",
    ),
    *("gptbot", "imagesiftbot", "meta-externalagent", "mistralai-user", "oai-searchbot", "omgili", "openai"),
    *("perplexity-user", "perplexitybot", "petalbot", "timpibot", "youbot"),
)
"""User agents of AI companies: those in the stored robots.txt of Kompas, and the usual lists of 2023 to 2026."""
_SAYS: Final = re.compile(
    r"\b(?:AI|TDM|LLM|machine learning|artificial intelligence|text and data mining|data mining|kecerdasan buatan)\b"
    r"|ai-train|ai-input|ai-use|content-signal|content-usage",
    re.IGNORECASE,
)
"""What a comment, or a line of the content-signals draft, says about such uses."""
_LONGEST: Final = 200
_MOST: Final = 60
"""Lines; a robots.txt of Kompas in 2026 names some forty AI crawlers."""


def reserved(robots_txt: str) -> list[str]:
    """Return the lines of a robots.txt that reserve the site against AI, each once, with the rules that belong to them.

    >>> reserved("User-agent: *\\nDisallow: /copy/\\n\\nUser-agent: GPTBot\\nUser-agent: CCBot\\nDisallow: /\\n")
    ['User-agent: GPTBot', 'User-agent: CCBot', 'Disallow: /']
    """
    lines = [" ".join(line.split())[:_LONGEST] for line in robots_txt.splitlines()]
    return list(dict.fromkeys(_reserved(lines)))[:_MOST]


def _reserved(lines: Iterable[str]) -> Iterator[str]:
    names_ai = in_rules = False
    for line in lines:
        name, _, value = (part.strip() for part in line.partition(":"))
        if name.casefold() == "user-agent":
            names_ai = value.casefold() in AI_AGENTS or (names_ai and not in_rules)
            in_rules = False
            if value.casefold() in AI_AGENTS:
                yield line
        elif _SAYS.search(line):
            yield line
        elif name.casefold() in ("allow", "disallow"):
            in_rules = True
            if names_ai:
                yield line
