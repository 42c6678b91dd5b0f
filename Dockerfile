# syntax=docker/dockerfile:1
# The first stage builds; the second contains only Node and the server. A tag may be pushed again, so a release names the base
# image by digest, which this command prints:
#   docker buildx imagetools inspect node:24.21.0-bookworm-slim --format '{{.Manifest.Digest}}'
#   docker build --build-arg NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:… -t watcher-visio .
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
# Below a path of a host that has others: --build-arg BASE_PATH=/visio
ARG BASE_PATH=
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN BASE_PATH="${BASE_PATH}" npm run --silent build

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="Watcher Visio" \
      org.opencontainers.image.version="1.0.0" \
      org.opencontainers.image.description="What OpenStack Watcher's plans would do to your cloud" \
      org.opencontainers.image.licenses="Apache-2.0"
ARG BASE_PATH=
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 PORT=3000 BASE_PATH=${BASE_PATH}
WORKDIR /app
COPY --from=build /app/.next/standalone ./.next/standalone
COPY --from=build /app/lib/server/*.mjs ./lib/server/
COPY --from=build /app/lib/cli/*.mjs ./lib/cli/
COPY LICENSE package.json ./
# The server writes to DATA_DIR only, so the rest of the file system can be read-only.
RUN mkdir /var/lib/watcher-visio && chown 1000:1000 /var/lib/watcher-visio \
 && ln -s /app/lib/cli/watcher-visio.mjs /usr/local/bin/watcher-visio
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=15s --retries=3 \
  CMD ["node", "-e", "const ask = (host) => fetch(`http://${host}:${process.env.PORT}${process.env.BASE_PATH}/api/health/live/`).then(({ ok }) => ok || Promise.reject()); Promise.any(['127.0.0.1', process.env.HOSTNAME].map(ask)).then(() => process.exit(0), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["watcher-visio"]
CMD ["serve", "--listen", "0.0.0.0"]
