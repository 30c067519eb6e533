# Runs on the build machine with the unpacked Debian packages of the image's base in $1.
set -eu
cd "$1"

# Scanners read which packages are there; dpkg itself is not.
for deb in var/cache/apt/archives/*.deb; do
  dpkg-deb --field "$deb" | sed '/^Package:/a Status: install ok installed'
  echo
done >var/lib/dpkg/status

# Licences stay. The rest is for people at a desk, for compilers and for apt, or tells about the build machine.
find usr/share/doc -type f ! -name copyright -delete
find usr/share/doc -depth -type d -empty -delete
rm -rf etc/hostname etc/resolv.conf etc/apt var/lib/apt var/cache/apt var/log/* usr/lib/*/gconv \
  usr/share/base-files usr/share/gcc usr/share/gdb usr/share/info usr/share/initramfs-tools usr/share/lintian usr/share/man

# The launcher needs a shell, and people who look into a container need the usual commands.
for name in $(chroot . /usr/bin/busybox --list); do
  [ -e "usr/bin/$name" ] || [ -L "usr/bin/$name" ] || ln -s busybox "usr/bin/$name"
done

cat >etc/passwd <<END
root:x:0:0:root:/root:/usr/sbin/nologin
hookferry:x:8087:8087:Hookferry:/data:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
END
cat >etc/group <<END
root:x:0:
hookferry:x:8087:
nogroup:x:65534:
END
printf 'passwd: files\ngroup: files\nhosts: files dns\n' >etc/nsswitch.conf
mkdir -p opt
mkdir -m 700 data
chown 8087:8087 data
