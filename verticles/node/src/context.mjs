/** What a handler is given. */
import { Rejected } from "./outcome.mjs";

const TEST_TIMEOUT_MS = 30_000;

class Context {
  #deadline;

  constructor(headers, event) {
    const data = event?.data;
    if (data === null || typeof data !== "object" || Array.isArray(data)) {
      throw new Rejected("the payload is not a JSON object");
    }
    this.json = data;
    this.id = String(event.id ?? "");
    this.delivery = headers["usher-delivery"] ?? "";
    this.action = headers["usher-action"] ?? "";
    this.attempt = Number(headers["usher-attempt"] ?? 1);
    this.time = String(event.time ?? "");
    this.traceparent = headers.traceparent ?? "";
    this.#deadline = performance.now() + Number(headers["usher-timeout"] ?? TEST_TIMEOUT_MS);
  }

  get timeLeft() {
    return Math.max(0, this.#deadline - performance.now());
  }

  text(key) {
    const value = Object.hasOwn(this.json, key) ? this.json[key] : null;
    if (value === null) {
      throw new Rejected(`"${key}" is missing`);
    }
    if (typeof value === "object") {
      throw new Rejected(`"${key}" is not a text`);
    }
    return String(value);
  }

  /** Delivery and attempt only: a payload must not end up in a log. */
  toString() {
    return `${this.delivery} attempt ${this.attempt}`;
  }

  [Symbol.for("nodejs.util.inspect.custom")]() {
    return this.toString();
  }
}

export function contextFrom(headers, event) {
  return new Context(headers, event);
}

export function contextOf(delivery, payload = {}) {
  const [id, ...action] = delivery.split(".");
  const headers = { "usher-delivery": delivery, "usher-action": action.join(".") };
  return new Context(headers, { id, time: new Date().toISOString(), data: payload });
}
