# shellcheck shell=bash
# Starting Usher's processes and ending them again. To be sourced after setup.sh and archives.sh; expects $home, $data
# (where the processes keep what they keep) and $logs (a folder).

# Small heaps: all of it fits beside everything else on a laptop. The last two keep JDKs from 24 on
# quiet about what Hazelcast and Netty do; older ones don't know them.
readonly JVM_OPTIONS=(-Xmx256m -XX:+UseSerialGC
  -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow)
# Handlers that do little are ready half a second sooner without the second compiler.
readonly HANDLER_OPTIONS=(-XX:TieredStopAtLevel=1)
readonly READY_SECONDS=90
readonly STOP_SECONDS=20

declare -A pids=()

# Without symlinks: an archive of class data is for a jar at one path.
jar_of() {
  local target="$home/verticles/$1/target"
  [ "$1" != gateway ] || target="$home/gateway/target"
  printf '%s/usher-%s.jar' "$(cd -P "$target" && pwd)" "$1"
}

# Starts a process, its output going to a file of its own: start NAME [JVM OPTION ...]
start() {
  mkdir -p "$logs"
  # Here, not in the background: nobody may find what an earlier process said.
  : >"$logs/$1.log"
  local options=("${JVM_OPTIONS[@]}")
  [ "$1" = gateway ] || options+=("${HANDLER_OPTIONS[@]}")
  if [ $# -gt 1 ]; then
    options+=("${@:2}")
  else
    use_archive "$(jar_of "$1")"
    options+=("${archived[@]}")
  fi
  "$(java_command)" "${options[@]}" -jar "$(jar_of "$1")" \
    --config "$home/config" --data "$data" >>"$logs/$1.log" 2>&1 </dev/null &
  pids[$1]=$!
}

is_running() { kill -0 "${pids[$1]}" 2>/dev/null; }

# Waits until a process says that it is ready, and says why when it never does.
await_ready() {
  local deadline=$((SECONDS + READY_SECONDS))
  until grep -q '^ready ' "$logs/$1.log"; do
    if ! is_running "$1"; then
      failed_to_start "$1" "ended"
    elif [ "$SECONDS" -ge "$deadline" ]; then
      failed_to_start "$1" "was not ready within $READY_SECONDS seconds"
    fi
    sleep 0.1
  done
}

failed_to_start() {
  say "" "The $1 process $2 instead of starting. The end of $logs/$1.log:"
  tail -n 12 "$logs/$1.log" | sed 's/^/  /' >&2
  exit 1
}

# A word of the line in which a process said that it is ready, as in: ready_word gateway public
ready_word() { sed -n "s/^ready .*\\b$2=\\([^ ]*\\).*/\\1/p" "$logs/$1.log" | tail -n 1; }

# Ends everything that was started: the gateway first, so that handlers still answer what it waits for.
stop_all() {
  local name deadline=$((SECONDS + STOP_SECONDS))
  for name in gateway "${!pids[@]}"; do
    if [ -n "${pids[$name]:-}" ]; then
      kill -TERM "${pids[$name]}" 2>/dev/null || true
      while is_running "$name" && [ "$SECONDS" -lt "$deadline" ]; do sleep 0.1; done
      kill -KILL "${pids[$name]}" 2>/dev/null || true
      wait "${pids[$name]}" 2>/dev/null || true
      unset "pids[$name]"
    fi
  done
}
