/**
 * What a process that a runner started does for it: it does not outlive the runner. The runner holds
 * the other end of standard input and never writes to it, so it ends with the runner.
 */
import net from "node:net";
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { drainMs } from "./settings.mjs";

const SPARE_MS = 5_000;

/** Ends this process when the runner is gone. A thread does, as a handler may block this one. */
export function followToTheEnd(environment) {
  if (environment.USHER_DEPLOYMENT !== undefined) {
    const patience = drainMs(environment) + SPARE_MS;
    new Worker(new URL(import.meta.url), { workerData: { patience } }).unref();
  }
}

function end() {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.kill(process.pid, "SIGKILL"), workerData.patience);
}

if (!isMainThread) {
  new net.Socket({ fd: 0, writable: false }).on("close", end).on("error", () => {}).resume();
}
