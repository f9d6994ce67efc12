# Pangloss for a server: web app, command line, scheduler and workers are one image.
#   docker build -t pangloss .
#   docker run --read-only --tmpfs /tmp -v pangloss:/data -p 8501:8501 pangloss
# BASE may be any Debian with Python 3.11, 3.12 or 3.13 and its venv.
ARG BASE=docker.io/library/python:3.12-slim-bookworm

FROM ${BASE} AS build
WORKDIR /app
COPY requirements-image.lock ./
RUN python3 -m venv .venv \
 && .venv/bin/python -m pip install --no-cache-dir --no-compile --disable-pip-version-check \
      --require-hashes -r requirements-image.lock
COPY . .
# Bytecode, since nothing can be written later; some packages carry files of other Python versions,
# which do not compile and do not matter. What browsers load is packed once, too.
RUN (.venv/bin/python -m compileall -qq -j 0 .venv/lib || true) \
 && .venv/bin/python -m compileall -q -j 0 core ui pages app.py \
 && .venv/bin/python -m ui.frame.packed

FROM ${BASE}
COPY --from=build /app /app
# /data is all that is written to besides /tmp: what is kept, uploads, fetched data.
RUN useradd --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin pangloss
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/data \
    XDG_CACHE_HOME=/data/cache \
    PANGLOSS_HOME=/data/pangloss \
    DASK_TEMPORARY_DIRECTORY=/tmp
USER 10001
VOLUME /data
EXPOSE 8501
# Ready: a training job would start at once.
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s CMD \
    ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8501/health/ready', timeout=4)"]
CMD ["python", "-m", "streamlit", "run", "app.py", "--server.address", "0.0.0.0", "--server.headless", "true"]
