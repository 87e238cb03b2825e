/** How an attempt ended, as the bridge is told: headers and body of a reply. */

const RESULT_BYTES = 4096;
const REASON_CHARACTERS = 500;
const LONGEST_WAIT_SECONDS = 365 * 24 * 3600;

export class Rejected extends Error {
  constructor(reason) {
    super(reason);
    this.name = "Rejected";
  }
}

export class RetryLater extends Error {
  constructor(after, reason = "asked to be tried again later") {
    super(reason);
    if (!(after >= 0)) {
      throw new RangeError(`a wait of ${after} seconds`);
    }
    this.name = "RetryLater";
    this.after = after;
  }
}

/** A plain result is kept; anything else is something the handler had in its hand. */
export function success(value) {
  if (!isPlain(value)) {
    return { outcome: done(null) };
  }
  let text;
  try {
    text = JSON.stringify(value);
  } catch {
    return { outcome: done(null), dropped: "it is no JSON" };
  }
  const bytes = Buffer.byteLength(text);
  return bytes > RESULT_BYTES
    ? { outcome: done(null), dropped: `it has ${bytes} bytes, ${RESULT_BYTES} are kept` }
    : { outcome: done(JSON.parse(text)) };
}

/** What a handler's exception means. */
export function failure(thrown) {
  const message = String(thrown?.message ?? "");
  if (thrown instanceof Rejected) {
    return { headers: { "usher-outcome": "rejected" }, body: reason(message || "rejected") };
  }
  const headers = { "usher-outcome": "retry" };
  if (thrown instanceof RetryLater) {
    headers["usher-retry-after"] = String(Math.ceil(Math.min(thrown.after, LONGEST_WAIT_SECONDS)));
    return { headers, body: reason(message) };
  }
  const name = nameOf(thrown);
  return { headers, body: reason(message ? `${name}: ${message}` : name) };
}

/** What kind of failure this is; never its message, which may name somebody. */
export function nameOf(thrown) {
  return thrown instanceof Error ? thrown.name : `thrown ${typeof thrown}`;
}

function done(body) {
  return { headers: {}, body };
}

function reason(text) {
  return text.slice(0, REASON_CHARACTERS);
}

function isPlain(value) {
  if (value === null || typeof value !== "object") {
    return ["string", "number", "boolean"].includes(typeof value);
  }
  const prototype = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
