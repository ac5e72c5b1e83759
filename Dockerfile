# The crawl in a container. Build: docker build -t kompas_global .
# Run: docker run --rm --stop-signal INT --stop-timeout 120 -e KOMPAS_CONTACT=me@example.org -v kompas:/data kompas_global
FROM debian:trixie-slim

# Versions of Debian's packages follow its security updates; everything of Python is pinned by hash.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates python3 python3-venv \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --home-dir /data --uid 10001 kompas

WORKDIR /opt/kompas_global
COPY requirements.txt ./
RUN python3 -m venv .venv \
    && .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt
COPY scrapy.cfg LICENSE ./
COPY crawler ./crawler

# A mounted folder keeps store, WARC files and heartbeat; the container itself keeps nothing.
ENV PATH=/opt/kompas_global/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    KOMPAS_DB=/data/kompas_global.db \
    KOMPAS_WARC_DIR=/data/warc \
    KOMPAS_HEARTBEAT=/data/heartbeat.json
VOLUME /data
USER 10001
STOPSIGNAL SIGINT
ENTRYPOINT ["scrapy"]
CMD ["crawl", "kompas_global"]
