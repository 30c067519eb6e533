#!/bin/sh
# Builds the container image: image.sh WORK OUTPUT VERSION TIME JAVA CLASSPATH [ARCHIVES]. Jib adds Hookferry and its
# runtime to a base that mmdebstrap makes here from Debian's packages. Without mmdebstrap, or without a mirror, there is
# no image. ARCHIVES is a folder with the archives of classes of an earlier build; Java would write them with other bytes.
set -eu
umask 022
cd "$(dirname -- "$0")/../../.."

work=$1 output=$2 version=$3 time=$4 java=$5 classpath=$6 archives=${7:-}
release=trixie
packages=base-files,busybox,libc-bin,libstdc++6,zlib1g

skip() { echo "No container image: $*."; exit 0; }

rm -rf "$work" "$output"
command -v mmdebstrap >/dev/null || skip "there is no mmdebstrap; on Debian and Ubuntu, install mmdebstrap and debian-archive-keyring"

# Everything that is Hookferry's: what goes into the upper layers, and what makes the archives of classes below.
files=$work/hookferry
mkdir -p "$files/bin" "$files/lib"
echo "$time" >"$work/time"
echo "$classpath" >"$work/classpath"
cp -RL target/runtime "$files/runtime"
cp ../target/hookferry.jar "$files/lib/hookferry.jar"
cp src/main/bin/hookferry "$files/bin/hookferry"
cp ../../LICENSE ../../NOTICE "$files"
chmod -R u=rwX,go=rX "$files"
chmod 755 "$files/bin/hookferry"
# Java checks the time of the jar before it trusts archives of its classes.
find "$files" -exec touch -d "$time" {} +

SOURCE_DATE_EPOCH=$(date -d "$time" +%s)
export SOURCE_DATE_EPOCH
set -- --extract-hook="$(cat src/main/image/root.sh)"
if [ -z "$archives" ]; then
  archives=$work
  # Java trusts an archive only beside the jar and under the path that it was written for.
  set -- "$@" \
    --extract-hook="copy-in \"$files\" /opt" \
    --extract-hook='chroot "$1" /opt/hookferry/bin/hookferry --make-archives' \
    --extract-hook="copy-out /opt/hookferry/lib/commands.jsa /opt/hookferry/lib/server.jsa \"$work\"" \
    --extract-hook='rm -rf "$1/opt/hookferry"'
fi
mmdebstrap --quiet --variant=extract --include="$packages" --skip=output/dev,cleanup/apt "$@" \
  --extract-hook="copy-out /var/lib/dpkg/status \"$work\"" \
  "$release" "$work/layer.tar" >"$work/mmdebstrap.log" 2>&1 ||
  skip "mmdebstrap failed: $(tail -n 3 "$work/mmdebstrap.log" | tr '\n' ' ')"
install -m 644 "$archives/commands.jsa" "$archives/server.jsa" "$files/lib"

# Jib takes the health check from its base only, and starts from an archive as "docker save" writes it. The wget of
# busybox cannot speak our TLS: with a certificate, only whether the port accepts connections is checked.
cat >"$work/config.json" <<END
{
  "architecture": "$(dpkg --print-architecture)", "os": "linux", "created": "$time",
  "config": {
    "Env": ["PATH=/opt/hookferry/bin:/usr/bin:/usr/sbin", "LANG=C.UTF-8"],
    "Healthcheck": {
      "Test": ["CMD-SHELL", "port=\${HOOKFERRY_PORT:-8087}; if [ -n \\"\$HOOKFERRY_LISTEN_TLS_CERT\\" ]; then busybox nc -w 2 127.0.0.1 \$port </dev/null; else busybox wget -q -O /dev/null http://127.0.0.1:\$port/readyz; fi"],
      "Interval": 10000000000, "Timeout": 3000000000, "StartPeriod": 30000000000
    }
  },
  "rootfs": {"type": "layers", "diff_ids": ["sha256:$(sha256sum <"$work/layer.tar" | cut -d ' ' -f 1)"]},
  "history": [{"created": "$time", "created_by": "mmdebstrap $release $packages"}]
}
END
echo '[{"Config": "config.json", "RepoTags": null, "Layers": ["layer.tar"]}]' >"$work/manifest.json"
tar -cf "$work/base.tar" -C "$work" manifest.json config.json layer.tar

"$java" -cp "$classpath" src/main/image/ContainerImage.java "$work" "$output" "$version" "$time"
