/** The connection to a bridge, made again for as long as the process runs. */
import net from "node:net";
import tls from "node:tls";
import { encode, FrameReader } from "./frames.mjs";
import { say } from "./log.mjs";

const PING_MS = 5_000;
const SILENCE_MS = 30_000;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
const REGISTER_AGAIN_MS = 3_000;

/** Registers handlers at a bridge, takes attempts from it, and tells it how they ended. */
export class Bridge {
  #settings;
  #handlers;
  #attempts;
  #ready;
  #socket;
  #wait = FIRST_WAIT_MS;
  #leaving = new Map();
  #isDraining = false;

  constructor(settings, handlers, attempts, ready) {
    this.#settings = settings;
    this.#handlers = new Map(handlers.map((one) => [one.address, one]));
    this.#attempts = attempts;
    this.#ready = ready;
  }

  /** Serves from now on: a connection that ends is made again, after a growing wait. */
  serve() {
    const socket = this.#connect();
    const begun = performance.now();
    let heard = begun;
    let failure = "closed by the bridge";
    const reader = new FrameReader((frame) => this.#take(socket, frame));
    const pings = setInterval(() => {
      tell(socket, { type: "ping" });
      if (performance.now() - heard > SILENCE_MS) {
        socket.destroy(new Error("the bridge has fallen silent"));
      }
    }, PING_MS);
    socket.setNoDelay(true);
    socket.on(this.#settings.isTls ? "secureConnect" : "connect", () => {
      this.#socket = socket;
      this.#handlers.forEach((handler) => this.#register(socket, handler));
    });
    socket.on("data", (chunk) => {
      heard = performance.now();
      try {
        reader.accept(chunk);
      } catch (notABridge) {
        socket.destroy(notABridge);
      }
    });
    socket.on("error", (failed) => (failure = failed.message || String(failed.code)));
    socket.on("close", () => {
      clearInterval(pings);
      this.#socket = undefined;
      this.#leaving.forEach((left) => left());
      this.#again(performance.now() - begun, failure);
    });
  }

  /** Takes nothing more; done when the bridge has had every outcome, or is gone. */
  async drain() {
    this.#isDraining = true;
    const socket = this.#socket;
    if (!socket) {
      await this.#attempts.idle();
      return;
    }
    const left = [...this.#handlers.keys()].map(
      (address) => new Promise((resolve) => this.#leaving.set(address, resolve)),
    );
    this.#handlers.forEach((handler, address) =>
      tell(socket, { type: "unregister", address, replyAddress: `left.${address}` }),
    );
    await Promise.all(left);
    await new Promise((resolve) => socket.end(resolve));
  }

  #connect() {
    const { host, port, isTls, authority } = this.#settings;
    return isTls
      ? tls.connect({ host, port, ca: authority, servername: net.isIP(host) ? undefined : host })
      : net.connect({ host, port });
  }

  #again(lasted, failure) {
    if (this.#isDraining) {
      return;
    }
    say("WARNING", "no bridge; check USHER_BRIDGE", { bridge: this.#settings.shown, failure });
    if (lasted > LONGEST_WAIT_MS) {
      this.#wait = FIRST_WAIT_MS;
    }
    setTimeout(() => this.#isDraining || this.serve(), this.#wait * (0.5 + Math.random() / 2));
    this.#wait = Math.min(LONGEST_WAIT_MS, this.#wait * 2);
  }

  #register(socket, { address, name, version, slots }) {
    const headers = {
      "usher-handler": name,
      "usher-version": version,
      "usher-language": "node",
      "usher-slots": String(slots),
    };
    if (this.#settings.deployment) {
      headers["usher-deployment"] = this.#settings.deployment;
    }
    if (this.#settings.token) {
      headers["usher-token"] = this.#settings.token;
    }
    tell(socket, { type: "register", address, replyAddress: `registered.${address}`, headers });
  }

  #take(socket, frame) {
    const handler = this.#handlers.get(frame.address);
    if (frame.type === "message" && frame.replyAddress && handler) {
      this.#attempts.start(handler, frame.headers ?? {}, frame.body, ({ headers, body }) =>
        tell(socket, { type: "send", address: frame.replyAddress, headers, body }),
      );
    } else if (frame.type === "message") {
      this.#acknowledged(frame.address ?? "", frame.body ?? {});
    } else if (frame.type === "err") {
      this.#refused(socket, frame);
    }
  }

  #acknowledged(replyAddress, { instance = "" }) {
    const [word, ...address] = replyAddress.split(".");
    const handler = this.#handlers.get(address.join("."));
    if (word === "registered" && handler) {
      this.#ready(handler, instance);
    } else if (word === "left") {
      this.#leaving.get(address.join("."))?.();
    }
  }

  #refused(socket, frame) {
    const bridge = this.#settings.shown;
    say("WARNING", `the bridge refuses: ${frame.detail ?? frame.message}`, { bridge });
    const [word, ...address] = String(frame.address ?? "").split(".");
    const handler = this.#handlers.get(address.join("."));
    if (word === "registered" && handler && !this.#isDraining) {
      // Perhaps the action is configured later.
      setTimeout(() => this.#register(socket, handler), REGISTER_AGAIN_MS);
    } else {
      this.#acknowledged(String(frame.address ?? ""), {});
    }
  }
}

/** What a closed connection can't carry is lost, and the gateway knows that it is. */
function tell(socket, frame) {
  if (socket.writable) {
    socket.write(encode(frame));
  }
}
