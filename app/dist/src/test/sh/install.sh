#!/usr/bin/env bash
# Installs what the profile "dist" has built and uses it as a stranger would: both archives, and the packages in a clean
# Debian of their own. Needs root, mmdebstrap, lintian, man-db, rpm, iproute2 and curl; ends only what it started.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

work=$(mktemp -d)
root=$work/root
server=

fail() { printf 'packages: %s\n' "$*" >&2; exit 1; }
say() { printf '   %s\n' "$*"; }

clean_up() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  for mount in proc dev; do umount -l "$root/$mount" 2>/dev/null || true; done
  rm -rf "$work"
}
trap clean_up EXIT

one() {
  local found=("$@")
  [ "${#found[@]}" = 1 ] && [ -f "${found[0]}" ] || fail "not exactly one file: $*"
  echo "${found[0]}"
}

deb=$(one target/hookferry_*_all.deb)
rpm=$(one target/hookferry-*.noarch.rpm)
with_java=$(one target/hookferry-*-with-java.tar.gz)
archive=${with_java/-with-java/}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null || shuf -i 20000-32000 -n 1; }

# has_archives HOME: whether there are archives of classes for commands and for servers.
has_archives() { [ -s "$1/lib/commands.jsa" ] && [ -s "$1/lib/server.jsa" ]; }

# await_ready PORT LOG: until the server is ready.
await_ready() {
  for _ in $(seq 300); do
    curl -fsS "http://127.0.0.1:$1/readyz" >/dev/null 2>&1 && return
    sleep 0.2
  done
  cat "$2"
  fail "the server is not ready"
}

say "the archive runs a demo on a machine without a network"
mkdir "$work/a plain one" "$work/own"
tar -xzf "$archive" -C "$work/a plain one" --strip-components=1
began=$SECONDS
(cd / && unshare --net sh -c 'ip link set lo up && exec "$1" demo' sh "$work/a plain one/bin/hookferry" >"$work/demo.log" 2>&1) ||
  { cat "$work/demo.log"; fail "no demo from the archive"; }
say "it took $((SECONDS - began)) s"
for file in LICENSE NOTICE hookferry-sbom.json etc/hookferry.yaml share/systemd/hookferry.service share/docker/Dockerfile share/completions/hookferry.fish share/man/man1/hookferry-endpoints-add.1; do
  [ -f "$work/a plain one/$file" ] || fail "the archive has no $file"
done
if command -v unzip >/dev/null; then
  unzip -tq "${archive%.tar.gz}.zip" >/dev/null || fail "the zip is damaged"
fi

for _ in $(seq 100); do ! has_archives "$work/a plain one" || break; sleep 0.2; done
has_archives "$work/a plain one" || fail "the first command made no archives of classes"
"$work/a plain one/bin/hookferry" version | grep -q '^hookferry ' || fail "the archives of classes do no good"

say "the archive with its own Java needs no other"
tar -xzf "$with_java" -C "$work/own" --strip-components=1
"$work/own/runtime/bin/java" -XshowSettings:locale -version >"$work/locales.txt" 2>&1
for language in de fr; do
  grep -qw "$language" "$work/locales.txt" || fail "the runtime has no formats for the language $language"
done
env -i PATH=/usr/bin:/bin JAVA_HOME=/nowhere "$work/own/bin/hookferry" demo >"$work/own.log" 2>&1 ||
  { cat "$work/own.log"; fail "no demo with the runtime of the archive"; }

say "man shows the pages"
for page in hookferry hookferry-doctor hookferry-deliveries-retry; do
  MANROFFOPT='-ww' man --warnings -l "$work/a plain one/share/man/man1/$page.1" >"$work/man.txt" 2>"$work/man.log" || { cat "$work/man.log"; fail "man cannot show $page"; }
  [ ! -s "$work/man.log" ] || { cat "$work/man.log"; fail "the page $page has mistakes"; }
  grep -q "^NAME" "$work/man.txt" && grep -q "SYNOPSIS" "$work/man.txt" || { cat "$work/man.txt"; fail "the page $page is not one"; }
done

say "lintian and systemd have no objection"
lintian --allow-root --fail-on error "$deb" >"$work/lintian.log" 2>&1 || { cat "$work/lintian.log"; fail "lintian objects"; }
ln -s "a plain one" "$work/plain"
sed "s,/usr/bin/hookferry,$work/plain/bin/hookferry," src/main/systemd/hookferry.service >"$work/hookferry.service"
systemd-analyze verify --man=no "$work/hookferry.service" 2>"$work/verify.log" || { cat "$work/verify.log"; fail "the unit is wrong"; }
systemd-analyze security --offline=true --threshold=30 --no-pager "$work/hookferry.service" >"$work/security.log" ||
  { cat "$work/security.log"; fail "the unit is not hardened enough"; }

say "a clean Debian"
mmdebstrap --quiet --variant=minbase --include=default-jre-headless,adduser "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$root" \
  >"$work/debian.log" 2>&1 || { cat "$work/debian.log"; fail "no clean Debian"; }
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
cp "$deb" "$root/hookferry.deb"

say "the package starts its service, and keeps what the operator has set"
src/test/sh/maintainer.sh "$root"

say "dpkg -i"
chroot "$root" dpkg -i /hookferry.deb >"$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log"; fail "dpkg -i fails"; }
[ "$(chroot "$root" stat -c '%U %a' /var/lib/hookferry)" = "hookferry 700" ] || fail "the data folder is open to others"
[ "$(chroot "$root" stat -c '%U:%G %a' /etc/hookferry/hookferry.env)" = "root:hookferry 640" ] || fail "secrets are open to others"
has_archives "$root/usr/share/hookferry" || fail "no archives of classes"
chroot "$root" hookferry version | grep -q '^hookferry ' || fail "the command does not run"

# serve [NAME=value...]: runs the command of the unit as its user in its folder.
serve() {
  chroot --userspec=hookferry:hookferry "$root" env -i PATH=/usr/bin:/bin "$@" \
    sh -c 'cd /var/lib/hookferry && umask 0077 && exec /usr/bin/hookferry serve --config /etc/hookferry/hookferry.yaml' \
    >"$work/serve.log" 2>&1
}

bash -n "$root/usr/share/bash-completion/completions/hookferry" || fail "the completions of bash are wrong"
[ "$(head -n 1 "$root/usr/share/zsh/vendor-completions/_hookferry")" = '#compdef hookferry' ] || fail "zsh does not find its completions"

say "a wrong configuration is told and ends the start"
cp "$root/etc/hookferry/hookferry.yaml" "$work/hookferry.yaml"
echo 'retenton: 90d' >>"$root/etc/hookferry/hookferry.yaml"
code=0
serve || code=$?
[ "$code" = 2 ] || { cat "$work/serve.log"; fail "a wrong configuration ends with $code, which systemd would repeat"; }
grep -q 'did you mean retention' "$work/serve.log" || { cat "$work/serve.log"; fail "the mistake is not explained"; }
cat "$work/hookferry.yaml" >"$root/etc/hookferry/hookferry.yaml"

say "an event through the installed service"
port=$(free_port)
sed -i "s/^port: .*/port: $port/" "$root/etc/hookferry/hookferry.yaml"
key=packages-admin-key-0123456789-0123456789
serve "HOOKFERRY_ADMIN_KEY=$key" &
server=$!
await_ready "$port" "$work/serve.log"
curl -fsS -H "Authorization: Bearer $key" -H 'Content-Type: application/json' \
  --data '{"type":"license_created","data":{"ActivationKey":"P-1"}}' \
  "http://127.0.0.1:$port/api/v1/sites/default/events" >"$work/answer" || fail "no event was accepted"
chroot "$root" hookferry sites list --server "http://127.0.0.1:$port" --key "$key" | grep -q default || fail "the command lists no sites"
pid=$(pgrep -f "jar /usr/share/hookferry/lib/hookferry.jar serve|hookferry.jar serve --config /etc/hookferry/hookferry.yaml" | head -n 1)
tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q -- '-XX:+UseSerialGC -Xms16m -Xmx' || fail "the launcher chose no options"
grep -q /usr/share/hookferry/lib/server.jsa "/proc/$pid/maps" || fail "the server does not use its archive of classes"
kill "$pid"
wait "$server" || [ $? = 143 ] || { cat "$work/serve.log"; fail "the service did not stop cleanly"; }
server=

say "dpkg -r keeps what was accepted, dpkg -P removes it"
chroot "$root" dpkg -r hookferry >"$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log"; fail "dpkg -r fails"; }
[ -d "$root/var/lib/hookferry/data" ] && [ -f "$root/etc/hookferry/hookferry.yaml" ] || fail "removal lost data"
[ ! -e "$root/usr/share/hookferry" ] || fail "removal left $(find "$root/usr/share/hookferry" | head)"
chroot "$root" dpkg -P hookferry >"$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log"; fail "dpkg -P fails"; }
[ ! -e "$root/var/lib/hookferry" ] && [ ! -e "$root/etc/hookferry" ] || fail "purge left data"
! chroot "$root" getent passwd hookferry >/dev/null || fail "purge left the user"

say "the rpm puts the same files there"
rpm -qp --qf '[%{FILENAMES} %{FILEFLAGS:fflags}\n]' "$rpm" >"$work/rpm.files" 2>/dev/null
for file in hookferry.yaml hookferry.env; do
  grep -q "^/etc/hookferry/$file cn\$" "$work/rpm.files" || fail "an upgrade of the rpm replaces $file"
done
cp "$rpm" "$root/hookferry.rpm"
rpm --root "$root" --dbpath /var/lib/rpm --nodeps --ignorearch -i "$root/hookferry.rpm" >"$work/rpm.log" 2>&1 ||
  { cat "$work/rpm.log"; fail "rpm -i fails"; }
chroot "$root" hookferry version | grep -q '^hookferry ' || fail "the command of the rpm does not run"
has_archives "$root/usr/share/hookferry" || fail "the rpm makes no archives of classes"
[ -s "$root/usr/share/man/man1/hookferry-endpoints-add.1.gz" ] || fail "the rpm has no manual pages"
[ "$(chroot "$root" stat -c '%U %a' /var/lib/hookferry)" = "hookferry 700" ] || fail "the rpm's data folder is open to others"
cmp -s "$root/usr/lib/systemd/system/hookferry.service" src/main/systemd/hookferry.service || fail "the rpm has another unit"
