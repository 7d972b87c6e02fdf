# Build: everything from the lock file, checked against its hashes, into one virtual environment.
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements-postgres.txt ./
RUN python -m venv /opt/briefbot \
 && /opt/briefbot/bin/python -m pip install --no-cache-dir --require-hashes -r requirements-postgres.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
RUN /opt/briefbot/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation . \
 && mkdir /data

# Run: no compiler, no cache, no root; only /data is written to, so a read-only root file system will do.
FROM python:3.12-slim
ENV PATH=/opt/briefbot/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    BRIEFBOT_WEB__HOST=0.0.0.0 \
    BRIEFBOT_SLACK__HOST=0.0.0.0 \
    BRIEFBOT_DATABASE__URL=sqlite:////data/briefbot.db
WORKDIR /app
COPY --from=build /opt/briefbot /opt/briefbot
COPY config config
# Mount another folder here to serve other briefings.
COPY briefings briefings
# Subscriptions, and what became of each edition; with PostgreSQL (BRIEFBOT_DATABASE__URL) nothing is kept here.
COPY --from=build --chown=10001:10001 /data /data
VOLUME /data
USER 10001:10001
# 8080: health and metrics; 3000: Slack's requests in HTTP mode.
EXPOSE 8080 3000
# Whether it is alive, not whether every part is ready: a restart does not mend a wrong token.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["briefbot", "healthcheck"]
CMD ["briefbot", "run"]
