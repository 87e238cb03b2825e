/** A process that runs handlers, from its start to its exit code. */
import { Attempts } from "./attempts.mjs";
import { Bridge } from "./bridge.mjs";
import { say } from "./log.mjs";
import { moveTo, registered } from "./registry.mjs";
import { read } from "./settings.mjs";

export const FAILED = 1;
export const USAGE = 2;

export async function run() {
  if (registered.length === 0) {
    return refuse('no handler; write handler("…", async (context) => { … })');
  }
  let settings;
  try {
    settings = read(process.env);
    if (settings.address) {
      moveTo(settings.address);
    }
  } catch (wrong) {
    return refuse(wrong.message);
  }
  const attempts = new Attempts();
  const bridge = new Bridge(settings, registered, attempts, ready(settings));
  bridge.serve();
  await told();
  say("INFO", "draining", { running: attempts.count });
  await within(settings.drainMs, bridge.drain());
  return ended(attempts.count);
}

function refuse(why) {
  process.stderr.write(`usher-handler: ${why}\n`);
  return USAGE;
}

function told() {
  return new Promise((resolve) => {
    process.on("SIGTERM", resolve);
    process.on("SIGINT", resolve);
  });
}

function within(ms, promise) {
  return Promise.race([promise, new Promise((resolve) => setTimeout(resolve, ms))]);
}

function ended(unfinished) {
  if (unfinished > 0) {
    say("WARNING", "left unfinished: they are attempted again", { running: unfinished });
    return FAILED;
  }
  say("INFO", "has left");
  return 0;
}

/** Says so at each registration, on standard output at the first. */
function ready(settings) {
  const seen = new Set();
  return ({ name, address }, instance) => {
    say("INFO", "serves", { address, instance });
    if (!seen.has(address)) {
      seen.add(address);
      const line = `ready handler=${name} address=${address} bridge=${settings.shown}`;
      const serving = `${seen.size}/${registered.length}`;
      process.stdout.write(`${line} serving=${serving} instance=${instance}\n`);
    }
  };
}
