/**
 * Runs attempts. An attempt of a delivery that runs joins it; one that succeeded lately is answered
 * at once. Both happen where an outcome was lost on its way, so that the gateway had to ask again.
 */
import { contextFrom } from "./context.mjs";
import { FailureLog, say } from "./log.mjs";
import { failure, success } from "./outcome.mjs";

const REMEMBERED = 10_000;

export class Attempts {
  #running = new Map();
  #recent = new Map();
  #failures = new FailureLog();
  #whenIdle = [];

  /** Deliveries that run now. */
  get count() {
    return this.#running.size;
  }

  /** Runs an attempt; `answer` is called once, later or now. */
  start(handler, headers, event, answer) {
    const delivery = headers["usher-delivery"] ?? "";
    const known = this.#recent.get(delivery);
    const waiting = this.#running.get(delivery);
    if (known) {
      answer(known);
    } else if (waiting) {
      waiting.push(answer);
    } else {
      this.#running.set(delivery, [answer]);
      void this.#run(handler, delivery, headers, event);
    }
  }

  /** Done when nothing runs. */
  idle() {
    return this.count === 0
      ? Promise.resolve()
      : new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  async #run(handler, delivery, headers, event) {
    let outcome;
    try {
      const value = await handler.handle(contextFrom(headers, event));
      const kept = success(value);
      outcome = kept.outcome;
      if (kept.dropped) {
        say("WARNING", `its result is dropped: ${kept.dropped}`, { delivery });
      }
      this.#remember(delivery, outcome);
    } catch (thrown) {
      outcome = failure(thrown);
      const attempt = Number(headers["usher-attempt"] ?? 1);
      this.#failures.add(delivery, attempt, outcome.headers["usher-outcome"], thrown);
    }
    this.#ended(delivery, outcome);
  }

  #remember(delivery, outcome) {
    this.#recent.set(delivery, outcome);
    if (this.#recent.size > REMEMBERED) {
      this.#recent.delete(this.#recent.keys().next().value);
    }
  }

  #ended(delivery, outcome) {
    const waiting = this.#running.get(delivery);
    this.#running.delete(delivery);
    waiting.forEach((answer) => answer(outcome));
    if (this.count === 0) {
      this.#whenIdle.splice(0).forEach((resolve) => resolve());
    }
  }
}
