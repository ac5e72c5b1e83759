"""Rewrite the pieces of a page: texts and addresses are invented, markup stays, code is left out."""

import re
from collections.abc import Iterator
from typing import Final

from crawler.drafting.prose import Prose
from crawler.drafting.tokens import Kind, Token

_INLINE: Final = frozenset(("a", "b", "i", "em", "strong", "u", "font", "sup", "sub"))
"""Tags inside which a word may begin or end."""
_SEAMS: Final = frozenset(("span", "small", "time", "label"))
"""Tags that part words, but no lines."""
_SEAM: Final = "\x1f"

_ATTRIBUTE: Final = re.compile(r"([^\s=/>\"'<]+)(?:(\s*=\s*)(\"[^\"]*\"|'[^']*'|[^\s>]+))?")
_KEPT_ATTRIBUTES: Final = frozenset(
    (
        *("class", "id", "type", "rel", "name", "property", "itemprop", "itemscope", "itemtype", "width", "height"),
        *(
            "lang",
            "dir",
            "role",
            "hidden",
            "open",
            "charset",
            "http-equiv",
            "target",
            "aria-hidden",
            "sizes",
            "colspan",
        ),
        *("rowspan", "async", "defer", "allowfullscreen", "frameborder", "scrolling", "loading", "controls", "border"),
    )
)
_ADDRESSED: Final = frozenset(("href", "src", "srcset", "cite", "action", "poster"))
_KEPT_METAS: Final = frozenset(
    (
        *("content_type", "content_category", "content_subcategory", "content_publisheddate", "content_total_words"),
        *("content_total_pages", "content_current_page", "content_sensi", "article:published_time", "viewport"),
        *(
            "article:modified_time",
            "datepublished",
            "datemodified",
            "og:type",
            "og:site_name",
            "robots",
            "subscription",
        ),
    )
)
"""Metas whose content is a fact of the page's form, not its text."""
_META_NAME: Final = re.compile(r"\b(?:name|property|itemprop|http-equiv)\s*=\s*[\"']?([\w:.-]+)")
_SIZE: Final = re.compile(r"\d+(?:\.\d+)?[wx],?")
_NUMBERS: Final = re.compile(r"[\d\s.,:%px+TZ-]*")
"""Sizes and times."""
_STYLE_ADDRESS: Final = re.compile(r"url\([^)]*\)")

_JSON_LD: Final = re.compile(r"<script\b[^>]*\bld\+json\b", re.IGNORECASE)
_STRING: Final = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?', re.DOTALL)
_KEPT_VALUES: Final = frozenset(("@type", "@context", "datePublished", "dateModified", "dateCreated", "inLanguage"))
_WHOLE_TEXT: Final = re.compile(r'\bkeywordBrandSafety\s*=\s*("(?:[^"\\]|\\.)*")', re.DOTALL)
_JS: Final = "var keywordBrandSafety = {};"
_SCRIPT: Final = re.compile(r"(<(script|style)\b[^>]*>)(.*?)(</(?:script|style)\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_SHORT_COMMENT: Final = re.compile(r"<!--[\s(]*[\w.:]*(?:\s[\w.:]+){0,2}[\s)]*-->")


def without_code(tokens: list[Token]) -> list[Token]:
    """Return the page with scripts and style sheets empty, but for the data that the parser reads."""
    return [Token(token.kind, _data(token.text)) if token.kind is Kind.SCRIPT else token for token in tokens]


def rewrite(tokens: list[Token], prose: Prose) -> str:
    """Return the source of the invented page."""
    lines = list(_lines(tokens))
    for line in lines:
        prose.note(_SEAM.join(tokens[place].text for place in line).replace(_SEAM, ""))
    texts = {place: text for line in lines for place, text in _rewritten(tokens, line, prose)}
    return "".join(texts[place] if place in texts else _piece(token, prose) for place, token in enumerate(tokens))


def _lines(tokens: list[Token]) -> Iterator[list[int]]:
    """Yield the places of the texts that stand on one line: inline tags and comments part none."""
    line: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind is Kind.TEXT:
            line.append(place)
        elif line and (token.kind is Kind.SCRIPT or (token.name and token.name not in _INLINE | _SEAMS)):
            yield line
            line = []
    if line:
        yield line


def _rewritten(tokens: list[Token], line: list[int], prose: Prose) -> Iterator[tuple[int, str]]:
    """Yield the rewritten texts of a line; a word in which a tag stands is one word."""
    raw = ""
    starts = []
    for number, place in enumerate(line):
        between = tokens[line[number - 1] + 1 : place] if number else []
        raw += _SEAM if any(token.name not in _INLINE for token in between) else ""
        starts.append(len(raw))
        raw += tokens[place].text
    text = prose.line(raw)
    for place, start in zip(line, starts, strict=True):
        yield place, text[start : start + len(tokens[place].text)]


def _piece(token: Token, prose: Prose) -> str:
    if token.kind is Kind.TAG:
        return token.text if token.is_end else _tag(token, prose)
    if token.kind is Kind.SCRIPT:
        return _script(token.text, prose)
    is_template = not token.text.startswith("<!--") or _SHORT_COMMENT.fullmatch(token.text)
    return token.text if is_template else "<!-- -->"


def _tag(token: Token, prose: Prose) -> str:
    names = _META_NAME.findall(token.text.lower()) if token.name == "meta" else []
    is_fact = not _KEPT_METAS.isdisjoint(names)

    def attribute(match: re.Match[str]) -> str:
        name, equals, printed = match[1], match[2], match[3]
        if equals is None:
            return name if name.lower() in _KEPT_ATTRIBUTES else prose.line(name)
        quote = printed[0] if printed[0] in "\"'" else ""
        value = printed[1:-1] if quote else printed
        is_kept = name.lower() in _KEPT_ATTRIBUTES or (is_fact and name.lower() == "content")
        return f"{name}{equals}{quote}{value if is_kept else _value(name.lower(), value, prose)}{quote}"

    head = re.match(r"<[A-Za-z][^\s/>]*", token.text)
    assert head is not None, "a start tag has a name"
    return head[0] + _ATTRIBUTE.sub(attribute, token.text[head.end() :])


def _value(name: str, value: str, prose: Prose) -> str:
    """Return the invented value of an attribute; code of event handlers is left out."""
    if name.startswith("on"):
        return ""
    if name == "style":
        return _STYLE_ADDRESS.sub(lambda found: prose.addresses.rewrite(found[0]), value)
    is_address = re.match(r"\s*(?:https?:|/|data:|#|javascript:)", value) is not None or name in _ADDRESSED
    if is_address or re.fullmatch(r"\S*\.(?:jpe?g|png|gif|webp)", value):
        pieces = re.split(r"(\s+)", value)
        return "".join(piece if _SIZE.fullmatch(piece) else prose.addresses.rewrite(piece) for piece in pieces)
    return value if _NUMBERS.fullmatch(value) else prose.line(value)


def _data(source: str) -> str:
    """Return a script with JSON-LD or the whole text of the story, and any other without its code."""
    whole, found = _WHOLE_TEXT.search(source), _SCRIPT.match(source)
    if _JSON_LD.match(source) or found is None:
        return source
    return f"<script>{_JS.format(whole[1])}{found[4]}" if whole else f"{found[1]}{found[4]}"


def _script(source: str, prose: Prose) -> str:
    whole, found = _WHOLE_TEXT.search(source), _SCRIPT.match(source)
    if found is None:
        return ""
    if _JSON_LD.match(source):
        return f"{_tag(Token(Kind.TAG, found[1]), prose)}{_json(found[3], prose)}{found[4]}"
    return f"{_tag(Token(Kind.TAG, found[1]), prose)}{_JS.format(prose.text(whole[1])) if whole else ''}{found[4]}"


def _json(code: str, prose: Prose) -> str:
    """Return JSON with other strings, whatever stands round it."""
    key = ""

    def string(match: re.Match[str]) -> str:
        nonlocal key
        if match[2]:
            key = match[1]
            return match[0]
        value = match[1]
        if key in _KEPT_VALUES:
            return match[0]
        is_address = re.match(r"(?:https?:)?\\?/", value) is not None
        return f'"{prose.addresses.rewrite(value) if is_address else prose.line(value)}"'

    comments = re.sub(r"/\*.*?\*/|<!--.*?-->", lambda found: prose.line(found[0]), code, flags=re.DOTALL)
    return _STRING.sub(string, comments)
