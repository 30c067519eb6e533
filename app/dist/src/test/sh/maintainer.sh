#!/usr/bin/env bash
# Installs, upgrades and removes the Debian package in ROOT, a clean Debian with /hookferry.deb, as if systemd ran there:
# a systemctl of this test records what it is told. maintainer.sh ROOT; needs root. Leaves no package behind.
set -euo pipefail

root=$1
calls=$root/tmp/systemctl.calls
wants=$root/etc/systemd/system/multi-user.target.wants/hookferry.service
env=$root/etc/hookferry/hookferry.env

fail() { printf 'maintainer scripts: %s\n' "$*" >&2; cat "$root/tmp/dpkg.log" "$calls" >&2; exit 1; }

mkdir -p "$root/run/systemd/system"
rm -f "$root/tmp/running"
# It knows whether the service is enabled from its link, and whether it runs from a file.
cat >"$root/usr/bin/systemctl" <<'END'
#!/bin/sh
echo "$*" >>/tmp/systemctl.calls
wants=/etc/systemd/system/multi-user.target.wants
link=$wants/hookferry.service
case " $* " in
  *" is-enabled "*) if [ -h $link ]; then echo enabled; else echo disabled; exit 1; fi ;;
  *" is-active "*) [ -e /tmp/running ] ;;
  *" start "* | *" restart "*) touch /tmp/running ;;
  *" stop "*) rm -f /tmp/running ;;
  *" disable "*) rm -f $link /tmp/running ;;
  *" enable "* | *" preset "*) mkdir -p $wants && ln -sf /usr/lib/systemd/system/hookferry.service $link ;;
esac
END
chmod 755 "$root/usr/bin/systemctl"

# package ARGUMENT...: runs dpkg, and records what it tells systemctl.
package() {
  : >"$calls"
  chroot "$root" dpkg --force-confdef --force-confold "$@" >"$root/tmp/dpkg.log" 2>&1 || fail "dpkg $* fails"
}
runs() { [ -e "$root/tmp/running" ]; }
enabled() { [ -h "$wants" ]; }
mode() { chroot "$root" stat -c '%U:%G %a' "$1"; }

package -i /hookferry.deb
enabled && runs || fail "a new package does not start its service"
[ "$(mode /etc/hookferry/hookferry.env)" = "root:hookferry 640" ] || fail "secrets are open to others"

rm "$env"
chroot "$root" chmod 0750 /var/lib/hookferry
chroot "$root" chown root:root /etc/hookferry/hookferry.yaml
package -i /hookferry.deb
enabled && runs && grep -q 'restart hookferry.service' "$calls" || fail "an upgrade does not restart the service"
[ ! -e "$env" ] || fail "an upgrade brings back a file that was deleted"
[ "$(mode /var/lib/hookferry)" = "hookferry:hookferry 750" ] || fail "an upgrade resets the mode of the data folder"
[ "$(mode /etc/hookferry/hookferry.yaml)" = "root:root 640" ] || fail "an upgrade resets the owner of the configuration"

package -r hookferry
! runs || fail "removal leaves the service running"
package -i /hookferry.deb
enabled && runs || fail "a package that was removed and installed again does not start its service"

# As "systemctl disable --now" does.
rm -f "$wants" "$root/tmp/running"
package -i /hookferry.deb
! enabled || fail "an upgrade enables a service that was disabled"
! runs || fail "an upgrade starts a service that was disabled"

package -P hookferry
[ ! -e "$root/etc/hookferry" ] && ! enabled || fail "purge left something"
[ -z "$(find "$root/var/lib/systemd" -name '*hookferry*')" ] || fail "purge left the state of the unit"
rm -rf "$root/usr/bin/systemctl" "$root/run/systemd" "$calls" "$root/tmp/dpkg.log"
