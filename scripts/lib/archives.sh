# shellcheck shell=bash
# Class data archives: a JVM that maps one instead of reading thousands of classes from a jar is ready in
# about two thirds of the time. To be sourced before processes.sh; expects $home, the repository.

# Silent also where the archive is one of another JDK: the JVM then does without it.
readonly ARCHIVE_SILENCE=(-Xlog:cds=off -Xlog:cds+dynamic=off)

archive_of() { printf '%s' "${1%.jar}.jsa"; }

# Sets $archived to the options that start a jar with its archive; to none where there is none, or an older one.
use_archive() {
  local archive
  archive="$(archive_of "$1")"
  archived=()
  if [ "$archive" -nt "$1" ]; then
    archived=(-XX:SharedArchiveFile="$archive" "${ARCHIVE_SILENCE[@]}")
  fi
}

# Writes the archives of the named processes that are missing, older than their jars or of another JDK.
# Nothing depends on them: where one can't be written, the start is as it was.
prepare_archives() {
  local name stale=()
  for name in "$@"; do
    is_archived "$(jar_of "$name")" || stale+=("$name")
  done
  [ ${#stale[@]} -gt 0 ] || return 0
  say "Preparing quicker starts of ${stale[*]} (a few seconds, once) ..."
  for name in "${stale[@]}"; do
    write_archive "$name" 2>/dev/null || true
  done
}

is_archived() {
  local archive
  archive="$(archive_of "$1")"
  [ "$archive" -nt "$1" ] && [ "$(cat "$archive.jdk" 2>/dev/null)" = "$(jdk_build)" ]
}

jdk_build() { "$(java_command)" -version 2>&1 | tail -n 2; }

# Starts a process on a folder of its own and ends it as soon as it is ready: the JVM writes what it has
# loaded by then. In a shell of its own, whose end takes everything away.
write_archive() (
  data="$(mktemp -d)"
  logs="$data/logs"
  archive="$(archive_of "$(jar_of "$1")")"
  trap 'stop_all; rm -rf "$data"' EXIT
  export USHER_CLUSTER_NAME="archive-$$" USHER_CLUSTER_PORT=0 USHER_HTTP_PORT=0 USHER_ADMIN_PORT=0
  start "$1" -XX:ArchiveClassesAtExit="$data/classes.jsa" "${ARCHIVE_SILENCE[@]}"
  await_ready "$1"
  [ "$1" != gateway ] || write_command_line_archive
  stop_all
  mv -f "$data/classes.jsa" "$archive"
  jdk_build >"$archive.jdk"
  [ "$1" != gateway ] || write_dev_archive
)

# The command line's own, written by a command that asks a gateway; scripts/usher looks for it.
write_command_line_archive() {
  "$(java_command)" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ArchiveClassesAtExit="$data/usher.jsa" \
    "${ARCHIVE_SILENCE[@]}" -cp "$(jar_of gateway)" dev.usher.gateway.Usher status --data "$data" >"$logs/usher.log" 2>&1
  mv -f "$data/usher.jsa" "$home/gateway/target/usher.jsa"
}

# That of `usher dev`, a gateway with two handlers in one process; scripts/usher looks for it too. Where they
# are not built there is none.
write_dev_archive() {
  "$(java_command)" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ArchiveClassesAtExit="$data/dev.jsa" \
    "${ARCHIVE_SILENCE[@]}" -Dusher.home="$home" -cp "$(jar_of gateway)" dev.usher.gateway.Usher dev \
    >"$logs/dev.log" 2>&1 </dev/null &
  pids[dev]=$!
  await_ready dev
  stop_all
  mv -f "$data/dev.jsa" "$home/gateway/target/usher-dev.jsa"
}
