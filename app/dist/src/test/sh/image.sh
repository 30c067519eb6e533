#!/usr/bin/env bash
# Runs the container image that the profile "dist" has built, and builds it a second time. Needs root, podman with a
# runtime that works here, jq, python3 and curl; ends only what it started.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

work=$(mktemp -d)
receiver=

fail() { printf 'image: %s\n' "$*" >&2; exit 1; }
say() { printf '   %s\n' "$*"; }

# Containers live in a storage of their own. They share the network of the machine, but listen on loopback only.
runtime=runc
pod() {
  PODMAN_IGNORE_CGROUPSV1_WARNING=1 podman --root "$work/storage" --runroot "$work/run" --tmpdir "$work/tmp" \
    --storage-driver=vfs --cgroup-manager=cgroupfs --runtime "$runtime" "$@"
}

clean_up() {
  [ -z "$receiver" ] || kill "$receiver" 2>/dev/null || true
  pod rm --all --force --time 0 >/dev/null 2>&1 || true
  pod volume rm --all --force >/dev/null 2>&1 || true
  wait
  rm -rf "$work"
}
trap clean_up EXIT

found=(target/hookferry-*-image.tar)
image=${found[0]}
[ "${#found[@]}" = 1 ] && [ -f "$image" ] || fail "not exactly one image: ${found[*]}"

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# await SECONDS COMMAND...: until the command succeeds.
await() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}

# A second build goes on beside the rest. It takes over the archives of classes, which differ each time.
version=$(sed -n 's,^    <version>\(.*\)</version>$,\1,p' pom.xml | head -n 1)
src/main/image/image.sh "$work/again" "$work/again.tar" "$version" "$(cat target/image/time)" \
  "$(command -v java)" "$(cat target/image/classpath)" "$PWD/target/image/hookferry/lib" >"$work/again.log" 2>&1 &
again=$!

say "the image says what it needs"
name=$(pod load --quiet --input "$image" | sed -n 's/^Loaded image: //p')
pod image inspect "$name" | jq '.[0]' >"$work/inspect.json"
# has JQ: a condition on what "podman image inspect" prints.
has() { jq -e "$1" "$work/inspect.json" >/dev/null || { cat "$work/inspect.json"; fail "the image lacks $1"; }; }
has ".RepoTags[0] | endswith(\"hookferry:$version\")"
has '.Config.User == "8087:8087"'
has '.Config.Volumes | has("/data")'
has '.Config.ExposedPorts | has("8087/tcp")'
has '.Config.Entrypoint == ["/opt/hookferry/bin/hookferry"] and .Config.Cmd == ["serve"]'
has '.Config.Env | index("HOOKFERRY_STORE=file:/data") and index("HOOKFERRY_BIND=0.0.0.0")'
has ".Labels[\"org.opencontainers.image.version\"] == \"$version\""
has '.Healthcheck.Test | tostring | contains("/readyz")'

for runtime in crun runc none; do
  [ "$runtime" != none ] || { cat "$work/runtime.log"; fail "no runtime of containers works here"; }
  ! command -v "$runtime" >/dev/null || ! pod run --rm --network=host --entrypoint true "$name" >"$work/runtime.log" 2>&1 || break
done

# hardened ARGUMENT...: podman run as a careful operator would: nothing is writable but /data.
hardened() {
  pod run --network=host --read-only --read-only-tmpfs=false --cap-drop=all --security-opt=no-new-privileges --memory 256m \
    --volume data:/data --env HOOKFERRY_BIND=127.0.0.1 --env "HOOKFERRY_PORT=$port" --env "HOOKFERRY_ADMIN_KEY=$key" \
    --env HOOKFERRY_OUTBOUND_ALLOW_NETWORKS=127.0.0.0/8 --env HOOKFERRY_OUTBOUND_ALLOW_HTTP=true "$@"
}

port=$(free_port)
key=image-admin-key-0123456789-0123456789

say "a wrong configuration is told and ends the start"
code=0
hardened --rm --env HOOKFERRY_RETENTION=sometimes "$name" >"$work/wrong.log" 2>&1 || code=$?
[ "$code" = 2 ] || { cat "$work/wrong.log"; fail "a wrong configuration ends with $code, not 2"; }
grep -q 'HOOKFERRY_RETENTION' "$work/wrong.log" || { cat "$work/wrong.log"; fail "the mistake is not explained"; }

say "an event through the container"
inbox=$(free_port)
# receive: notes each body that arrives.
receive() {
  python3 -c '
import http.server, sys
class Inbox(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with open(sys.argv[2], "ab") as inbox: inbox.write(body + b"\n")
        self.send_response(204); self.end_headers()
    def log_message(self, *arguments): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Inbox).serve_forever()' "$inbox" "$work/inbox" &
  receiver=$!
}
ready() { await 60 curl -fsS "http://127.0.0.1:$port/readyz" || { pod logs server; fail "the container is not ready"; }; }
publish() {
  curl -fsS -H "Authorization: Bearer $key" -H 'Content-Type: application/json' \
    --data "{\"type\":\"license_created\",\"data\":{\"ActivationKey\":\"$1\"}}" \
    "http://127.0.0.1:$port/api/v1/sites/default/events" >/dev/null || fail "the event $1 was not accepted"
}
# command WORD...: runs a command in the container.
command_in() { pod exec --env "HOOKFERRY_KEY=$key" --env "HOOKFERRY_URL=http://127.0.0.1:$port" server hookferry "$@"; }

receive
hardened --detach --name server "$name" >/dev/null
ready
command_in endpoints add "http://127.0.0.1:$inbox/" --type '*' --retry 60:1 >/dev/null || fail "no endpoint could be added"
publish IMAGE-1
await 30 grep -q IMAGE-1 "$work/inbox" || { pod logs server; fail "the event was not delivered"; }
pod healthcheck run server || fail "the container is not healthy"

command_in doctor --server "http://127.0.0.1:$port" >"$work/doctor.log" || { cat "$work/doctor.log"; fail "the doctor finds fault with the container"; }

say "what it runs"
pod exec server sh -c 'cat /proc/1/cmdline; id; grep CapEff /proc/1/status' | tr '\0' ' ' >"$work/process"
grep -q 'runtime/bin/java .*-XX:+UseSerialGC -Xms16m -Xmx96m .*serve' "$work/process" || { cat "$work/process"; fail "the launcher overlooked the limit of memory"; }
grep -q 'uid=8087.* gid=8087' "$work/process" && grep -q 'CapEff:.0*$' "$work/process" || { cat "$work/process"; fail "the server has rights that it does not need"; }
pod exec --env JAVA_OPTS=-Xlog:class+load:stdout server hookferry version >"$work/classes"
grep -q 'dev.hookferry.* shared objects file (top)' "$work/classes" || { tail "$work/classes"; fail "the archive of classes does no good"; }
pod exec server cat /opt/hookferry/hookferry-sbom.json | jq -e '[.components[].purl] | any(startswith("pkg:deb/debian/libc6@"))' >/dev/null ||
  fail "the SBOM lacks Debian's packages"

say "an accepted event survives a kill"
kill "$receiver" && wait "$receiver" || true
publish IMAGE-2
pod kill --signal KILL server >/dev/null
pod wait server >/dev/null
receive
pod start server >/dev/null
ready
await 60 grep -q IMAGE-2 "$work/inbox" || { pod logs server; fail "the event was lost"; }
[ "$(command_in events list -o csv | grep -c license_created)" = 2 ] || fail "the list of events is not complete"

say "it stops cleanly"
pod stop --time 60 server >/dev/null
code=$(pod inspect --format '{{.State.ExitCode}}' server)
[ "$code" = 0 ] || { pod logs server; fail "the container ends with $code, not 0"; }

say "a second build gives the same image"
wait "$again" || { cat "$work/again.log"; fail "the second build fails"; }
cmp "$image" "$work/again.tar" || fail "two builds of the image differ"
