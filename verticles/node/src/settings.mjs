/** Where the bridge is, from the environment. */
import { readFileSync } from "node:fs";

const UNITS = { ms: 1, s: 1000, m: 60_000 };

/** Settings from variables; throws with what to write. */
export function read(environment) {
  const bridge = (environment.USHER_BRIDGE ?? "").trim();
  if (!bridge) {
    throw new Error("USHER_BRIDGE is not set; write host:port of a bridge, like 127.0.0.1:7000");
  }
  const parts = /^(?:(tcp|tls):\/\/)?(\[[^\]]+\]|[^:/]+):(\d{1,5})$/.exec(bridge);
  if (!parts || Number(parts[3]) > 65535) {
    throw new Error(`USHER_BRIDGE: "${bridge}" is no bridge; write host:port`);
  }
  const host = parts[2].replace(/^\[|\]$/g, "");
  return {
    host,
    port: Number(parts[3]),
    isTls: parts[1] === "tls",
    authority: environment.USHER_BRIDGE_CA ? contentOf(environment.USHER_BRIDGE_CA) : undefined,
    token: token((environment.USHER_BRIDGE_TOKEN ?? "").trim()),
    drainMs: drainMs(environment),
    deployment: environment.USHER_DEPLOYMENT ?? "",
    address: environment.USHER_DEPLOYMENT_ADDRESS ?? "",
    shown: `${parts[2]}:${parts[3]}`,
  };
}

/** Longest wait for what runs, once this process is told to end. */
export function drainMs(environment) {
  return milliseconds(environment.USHER_SHUTDOWN_TIMEOUT ?? "10s");
}

function token(text) {
  const shown = text.startsWith("file:") ? contentOf(text.slice("file:".length)).trim() : text;
  return shown || undefined;
}

function contentOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (failed) {
    throw new Error(`${file} can't be read (${failed.code})`);
  }
}

function milliseconds(text) {
  const parts = /^(\d+)(ms|s|m)$/.exec(text);
  if (!parts) {
    throw new Error(`USHER_SHUTDOWN_TIMEOUT: "${text}" is no duration; write 10s`);
  }
  return Number(parts[1]) * UNITS[parts[2]];
}
