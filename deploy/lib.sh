# Shared by the commands in deploy/: sourced, never run. Needs bash, and root or sudo for installing packages.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"
export LC_ALL=C.UTF-8

say() { printf '\n== %s\n' "$*"; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
    die "packages are missing and installing them needs root or sudo; run this once as root: $*"
  fi
}

# The package names of the lists in deploy/packages named by the arguments.
packages_of() {
  local list
  for list in "$@"; do grep -v '^#' "deploy/packages/$list" | sed '/^[[:space:]]*$/d'; done
}

# Installs what is missing from the named lists; asks the network for nothing when nothing is.
need_packages() {
  local name missing=()
  command -v dpkg-query >/dev/null || die "this is not Debian; install by hand what deploy/packages/* name"
  for name in $(packages_of "$@"); do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
  done
  [ ${#missing[@]} = 0 ] && return
  say "installing ${#missing[@]} packages: ${missing[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=500 update ||
    die "apt-get update failed; is the package mirror reachable?"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=500 \
    --no-install-recommends install "${missing[@]}" || die "could not install: ${missing[*]}"
}

# need_npm FOLDER PACKAGE@VERSION SHA512 FILE: a package of npm as build/npm/FOLDER, unless FILE is there already.
# Exactly these bytes: what the registry gives is compared with what was meant, and nothing of it is run.
need_npm() {
  local folder=build/npm/$1 package=$2 sha512=$3 file=$4 work archive
  [ ! -f "$folder/$file" ] || return 0
  if ! command -v npm >/dev/null; then
    say "installing npm, which brings $package"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=500 \
      --no-install-recommends install npm || die "could not install npm, which brings $package"
  fi
  command -v openssl >/dev/null || die "openssl is missing"
  mkdir -p build/npm
  work=$(mktemp -d build/npm/fetch.XXXXXX)
  (cd "$work" && npm pack --silent --ignore-scripts "$package" >/dev/null) ||
    die "npm could not bring $package; is its registry reachable (npm config get registry)?"
  archive=$(echo "$work"/*.tgz)
  [ "$(openssl dgst -sha512 -binary "$archive" | base64 -w0)" = "$sha512" ] ||
    die "$package is not what it was when this was written: another checksum"
  tar -xzf "$archive" -C "$work"
  rm -rf "$folder"
  mv "$work/package" "$folder"
  rm -rf "$work"
}

# A calendar reader that is not ours and no Debian package: read by tests/contract.
need_ical_js() {
  need_npm ical.js-2.2.1 ical.js@2.2.1 \
    yK/UlPbEs316igb/tjRgbFA8ZV75rCsBJp/hWOatpyaPNlgw0dGDmU+FoicOcwX4xXkeXOkYiOmCqNPFpNPkQg== dist/ical.js
}

# What drives Debian's Chromium, and the rules of accessible pages: for tests/e2e (deploy/decisions/0014-proofs-in-a-browser.md).
# Of playwright-core a version that runs with the Node.js of Debian 12, which is 18.
# Where the network does not answer, the cases that need them are skipped and say so; with CI=true that is a failure.
need_browser_proofs() {
  (
    need_npm playwright-core-1.58.0 playwright-core@1.58.0 \
      aaoB1RWrdNi3//rOeKuMiS65UCcgOVljU46At6eFcOFPFHWtd2weHRRow6z/n+Lec0Lvu0k9ZPKJSjPugikirw== index.mjs
    need_npm axe-core-4.14.1 axe-core@4.14.1 \
      FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ== axe.min.js
  ) && return 0
  [ "${CI:-}" != true ] || return 1
  echo "without playwright-core and axe-core the proofs of pages in a browser are skipped" >&2
}

# The grid of the calendar page (MIT licence; deploy/decisions/0013-calendar-component.md): put into the program.
need_event_calendar() {
  need_npm event-calendar-build-5.10.1 @event-calendar/build@5.10.1 \
    iAR/l5oeFwqt7mfjBGsrpTiWFOt8yfI7PxV0OqnGaTzZGxvre2QeI0TNNlTpuefoMPd15qseQlfWpxiORzJOMA== \
    dist/event-calendar.min.js
}

# What reads tickets off the camera where the browser does not (MIT or Apache licence; deploy/decisions/0017-codes-off-a-camera.md).
need_qr_reader() {
  need_npm qr-0.7.0 qr@0.7.0 \
    /VrrACmOAwZVipuRITwfEwOL5oAMEHH5PTmBWaGtlTom2Thxaa+rhmna4zU9PRN2uLw2wdccbkHOLGZb1Q9SdA== decode.js
}

# postfix's smtp-sink and smtp-source, taken out of Debian's package: installed, it would start a mail server.
need_postfix_tools() {
  local folder=build/postfix
  if [ -x /usr/sbin/smtp-sink ] || [ -x "$folder/usr/sbin/smtp-sink" ]; then return 0; fi
  mkdir -p "$folder"
  (cd "$folder" && apt-get -q download postfix >/dev/null) || die "could not fetch the package postfix"
  dpkg-deb -x "$folder"/postfix_*.deb "$folder"
  chmod -R a+rX "$folder"
}

# Configures a preset when it was not yet; Ninja re-runs CMake itself when a list changed.
configure_preset() {
  local log
  [ ! -f "build/$1/build.ninja" ] || return 0
  log=$(log_of "$1-configure")
  cmake --preset "$1" >"$log" 2>&1 || {
    tail -n 30 "$log" >&2
    echo "configuring the $1 build failed ($log)" >&2
    return 1
  }
}

# build_preset PRESET [TARGET...]
build_preset() {
  local preset=$1
  shift
  configure_preset "$preset" || return 1
  # One at a time in a build folder: Ninja itself does not notice a second one. Two compilers at a time, or as many as
  # CONVOKE_JOBS says: a translation unit with Asio takes about 1 GB.
  flock "build/$preset.lock" ninja -C "build/$preset" -j "${CONVOKE_JOBS:-2}" "$@"
}

log_of() { mkdir -p build; echo "build/$1.log"; }
