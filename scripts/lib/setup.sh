# shellcheck shell=bash
# What the scripts need of the machine. To be sourced; then for example: need jdk maven
#
# A tool is two functions: <tool>_problem says what is wrong, or nothing where nothing is;
# <tool>_package names the Debian package that has it. Root gets it installed, others get told how.

readonly OLDEST_JAVA=17
readonly OLDEST_MAVEN=3.8.7
readonly OLDEST_PYTHON=3.9
readonly OLDEST_NODE=18

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$@"
  exit 1
}

# Makes sure of the named tools, or ends the script with the reason and the command to run.
need() {
  local tool problem missing=()
  for tool in "$@"; do
    problem="$("${tool}_problem")"
    if [ -n "$problem" ]; then
      say "$problem"
      missing+=("$tool")
    fi
  done
  if [ ${#missing[@]} -gt 0 ]; then
    supply "${missing[@]}"
  fi
}

supply() {
  if ! command -v apt-get >/dev/null; then
    die "There is no apt-get here to install it with: install it as this system does, then run this again."
  fi
  if [ "$(id -u)" -ne 0 ]; then
    say "Install what is missing, then run this again:"
    die "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $(packages "$@")"
  fi
  say "Running as root: apt-get update, once, to learn what there is ..."
  quietly apt-get update -q
  local names
  names="$(packages "$@")"
  say "Installing $names with apt-get ..."
  # shellcheck disable=SC2086 # several names
  DEBIAN_FRONTEND=noninteractive quietly apt-get install -q -y --no-install-recommends $names
  hash -r
  recheck "$@"
}

packages() {
  local tool names=()
  for tool in "$@"; do
    names+=("$("${tool}_package")")
  done
  printf '%s' "${names[*]}"
}

recheck() {
  local tool problem
  for tool in "$@"; do
    problem="$("${tool}_problem")"
    if [ -n "$problem" ]; then
      die "$problem" "This system's package is no newer, or another one comes first on the PATH: install it by hand, then run this again."
    fi
  done
}

# Shows what a command said only where it failed.
quietly() {
  local output
  if ! output="$("$@" 2>&1)"; then
    say "$output"
    die "$* failed; the reason is above."
  fi
}

is_at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

# The java that Maven will use too.
java_command() { printf '%s' "${JAVA_HOME:+$JAVA_HOME/bin/}java"; }

jdk_problem() {
  local java version
  java="$(java_command)"
  if ! command -v "$java" >/dev/null; then
    printf 'Usher needs a JDK, version %s or newer; %s is not there.' "$OLDEST_JAVA" "$java"
    return
  fi
  version="$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9._]*\).*/\1/p' | head -n 1)"
  if ! is_at_least "$OLDEST_JAVA" "${version:-0}"; then
    printf 'Usher needs a JDK, version %s or newer; found %s at %s.' \
      "$OLDEST_JAVA" "${version:-no version}" "$(command -v "$java")"
  elif ! command -v "${java}c" >/dev/null; then
    printf 'Usher needs a JDK, version %s or newer; %s has no compiler (javac) beside it.' \
      "$OLDEST_JAVA" "$(command -v "$java")"
  fi
}

# Debian and Ubuntu releases differ in which versions they have, and in their default's age.
jdk_package() {
  local version
  for version in 17 21 25; do
    if apt-cache show "openjdk-$version-jdk-headless" >/dev/null 2>&1; then
      printf 'openjdk-%s-jdk-headless' "$version"
      return
    fi
  done
  printf 'default-jdk-headless'
}

maven_problem() {
  local version
  if ! command -v mvn >/dev/null; then
    printf 'Usher needs Maven (mvn), version %s or newer; it is not on the PATH.' "$OLDEST_MAVEN"
    return
  fi
  # Without Java it can't tell its version; the JDK's own problem is told already.
  version="$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1)"
  if [ -n "$version" ] && ! is_at_least "$OLDEST_MAVEN" "$version"; then
    printf 'Usher needs Maven (mvn), version %s or newer; found %s at %s.' \
      "$OLDEST_MAVEN" "$version" "$(command -v mvn)"
  fi
}

maven_package() { printf 'maven'; }

# Handlers may be written in these two; the tests run some.
python_problem() {
  local version
  version="$(python3 --version 2>/dev/null | sed -n 's/^Python \([0-9.]*\).*/\1/p')"
  if ! is_at_least "$OLDEST_PYTHON" "${version:-0}"; then
    printf 'The tests need python3, version %s or newer; found %s.' "$OLDEST_PYTHON" "${version:-none}"
  fi
}

python_package() { printf 'python3'; }

node_problem() {
  local version
  version="$(node --version 2>/dev/null | sed -n 's/^v\([0-9.]*\).*/\1/p')"
  if ! is_at_least "$OLDEST_NODE" "${version:-0}"; then
    printf 'The tests need node, version %s or newer; found %s.' "$OLDEST_NODE" "${version:-none}"
  fi
}

node_package() { printf 'nodejs'; }
