# shellcheck shell=bash
# Building the fat jars where they are older than their sources. To be sourced after setup.sh;
# expects $home, the repository.

# A jar that a broken-off build left without its dependencies is far smaller.
readonly SMALLEST_FAT_JAR=5000000

fat_jars() {
  printf '%s\n' \
    "$home/gateway/target/usher-gateway.jar" \
    "$home/verticles/email/target/usher-email.jar" \
    "$home/verticles/subscription/target/usher-subscription.jar" \
    "$home/verticles/examples/target/usher-example-plain.jar" \
    "$home/verticles/runner/target/usher-runner.jar"
}

# Says what makes a build necessary; nothing where the jars are up to date.
stale() {
  local jar newer
  while read -r jar; do
    if [ ! -f "$jar" ] || [ "$(wc -c <"$jar")" -lt "$SMALLEST_FAT_JAR" ]; then
      printf '%s is not built yet' "${jar#"$home"/}"
      return
    fi
    newer="$(newer_source "$jar")"
    if [ -n "$newer" ]; then
      printf '%s is newer than %s' "${newer#"$home"/}" "${jar#"$home"/}"
      return
    fi
  done < <(fat_jars)
}

# Folders count too: their time changes when a file goes. What only tests use does not count, nor do
# the files in config/ that are a user's to edit: they are read at the start.
newer_source() {
  (
    shopt -s nullglob
    find "$home/pom.xml" "$home"/gateway/pom.xml "$home"/verticles/*/pom.xml \
      "$home"/gateway/src/main "$home"/verticles/*/src/main "$home"/config/schema \
      -newer "$1" -print -quit
  )
}

# Builds what is stale, without tests.
build_stale() {
  local why
  why="$(stale)"
  if [ -z "$why" ]; then
    return
  fi
  say "Building, as $why (a minute or two; the first time Maven also downloads) ..."
  need maven
  local log="$home/target/build.log"
  mkdir -p "$home/target"
  if ! (cd "$home" && mvn -B -ntp package -Dmaven.test.skip=true \
    -pl gateway,verticles/email,verticles/subscription,verticles/examples,verticles/runner -am) >"$log" 2>&1; then
    grep -m 20 '^\[ERROR\]' "$log" >&2 || tail -n 20 "$log" >&2
    die "The build failed; all of it is in $log"
  fi
}
