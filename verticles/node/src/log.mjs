/** Log lines: words on a terminal, JSON elsewhere. Never a payload, never a handler's message. */
import { nameOf } from "./outcome.mjs";

const LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"];
const QUIET_MS = 30_000;

export function say(level, message, fields = {}) {
  const least = LEVELS.indexOf((process.env.USHER_LOG_LEVEL ?? "INFO").toUpperCase());
  if (LEVELS.indexOf(level) < Math.max(least, 0)) {
    return;
  }
  const time = new Date().toISOString();
  const line = process.stderr.isTTY
    ? [time, level, message, ...Object.entries(fields).map((one) => one.join("="))].join(" ")
    : JSON.stringify({ time, level, message, ...fields });
  process.stderr.write(line + "\n");
}

/** Says that attempts fail: the first at once, then one line for all of half a minute. */
export class FailureLog {
  #last = -Infinity;
  #unsaid = 0;

  add(delivery, attempt, verdict, thrown) {
    const now = performance.now();
    const isQuiet = now - this.#last < QUIET_MS;
    say(isQuiet ? "DEBUG" : "WARNING", `attempt ${verdict}`, {
      delivery,
      attempt,
      failure: nameOf(thrown),
      at: place(thrown),
      unsaid: this.#unsaid,
    });
    this.#unsaid = isQuiet ? this.#unsaid + 1 : 0;
    this.#last = isQuiet ? this.#last : now;
  }
}

/** The line that an exception came from; not the lines of its message, which stand before. */
function place(thrown) {
  const stack = typeof thrown?.stack === "string" ? thrown.stack : "";
  const frame = stack.split("\n").find((line) => /^ +at .*:\d+:\d+\)?$/.test(line)) ?? "";
  return frame.replace(/^.*[/(\\]([^/\\]+:\d+):\d+\)?$/, "$1").trim();
}
