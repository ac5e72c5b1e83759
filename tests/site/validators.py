"""ETag and Last-Modified of story pages, and the answer to conditional requests."""

import hashlib
from datetime import datetime

from aiohttp import ETag, web

from tests.site.site import Reply
from tests.site.story import Story


def conditional(request: web.BaseRequest, reply: Reply, story: Story) -> web.Response:
    """The page with its validators, or 304 without it. An ETag decides before a time does, as HTTP says."""
    tag = hashlib.sha256(reply.body).hexdigest()[:16]
    changed = story.modified or story.published
    known = _is_known(request, tag, changed)
    response = web.Response(
        status=304 if known else reply.status, headers=reply.headers, body=None if known else reply.body
    )
    response.etag = ETag(tag)
    response.last_modified = changed
    return response


def _is_known(request: web.BaseRequest, tag: str, changed: datetime) -> bool:
    if request.if_none_match is not None:
        return any(given.value in (tag, "*") for given in request.if_none_match)
    return request.if_modified_since is not None and changed.replace(microsecond=0) <= request.if_modified_since
