# Three steps: Node builds the assets, Python packs them into a wheel, and a small image runs the wheel.

FROM node:22-slim AS assets
WORKDIR /house
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-progress
COPY tsconfig.json ./
COPY assets assets
COPY tools tools
COPY templates templates
RUN node tools/assets.mjs

FROM python:3.13-slim AS wheel
WORKDIR /house
COPY tools/build.lock tools/build.lock
RUN pip install --no-cache-dir --require-hashes -r tools/build.lock
COPY pyproject.toml README.md ./
COPY src src
COPY templates templates
COPY alembic alembic
COPY locales locales
COPY --from=assets /house/src/crosslab/web/static src/crosslab/web/static
RUN python -m hatchling build -t wheel -d dist
COPY requirements-run.lock ./
RUN python -m venv /opt/crosslab \
 && /opt/crosslab/bin/pip install --no-cache-dir --require-hashes -r requirements-run.lock \
 && /opt/crosslab/bin/pip install --no-cache-dir --no-deps dist/*.whl

FROM python:3.13-slim
RUN useradd --uid 10001 --create-home --home-dir /var/lib/crosslab crosslab
COPY --from=wheel /opt/crosslab /opt/crosslab
ENV PATH=/opt/crosslab/bin:$PATH PYTHONUNBUFFERED=1
WORKDIR /var/lib/crosslab
RUN mkdir var && chown crosslab:crosslab var
USER crosslab
VOLUME /var/lib/crosslab/var
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["crosslab", "serve", "--host", "0.0.0.0", "--port", "8000"]
