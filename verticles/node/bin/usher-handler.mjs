#!/usr/bin/env node
/** `npx usher-handler handler.mjs`: runs the handlers of a file. */
import { existsSync } from "node:fs";
import module from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { FAILED, run, USAGE } from "../src/process.mjs";
import { followToTheEnd } from "../src/runner.mjs";

const HELP = `Usage: usher-handler FILE...

Runs the handlers in these files until SIGTERM or Ctrl-C.

  USHER_BRIDGE            host:port of a bridge (bridge.port of a gateway or runner); tls://host:port
                          where it is encrypted, with the authority's certificate in USHER_BRIDGE_CA
  USHER_BRIDGE_TOKEN      its token, or file:/its/path
  USHER_SHUTDOWN_TIMEOUT  longest wait for what runs when it is told to end; default 10s
  USHER_LOG_LEVEL         DEBUG, INFO, WARNING or ERROR; default INFO

Exit codes: 0 ended when it was told to, 1 a file does not run or work was left, 2 wrong use.
`;

async function main(files) {
  if (files.length === 0 || files.includes("--help") || files.includes("-h")) {
    (files.length === 0 ? process.stderr : process.stdout).write(HELP);
    return files.length === 0 ? USAGE : 0;
  }
  followToTheEnd(process.env);
  // Node before 18.19 has no such hook; there the package has to be installed beside the file.
  module.register?.("../src/resolve.mjs", import.meta.url);
  for (const file of files) {
    if (!existsSync(file)) {
      process.stderr.write(`usher-handler: there is no file ${file}\n`);
      return USAGE;
    }
    try {
      await import(pathToFileURL(path.resolve(file)).href);
    } catch (failed) {
      console.error(failed);
      process.stderr.write(`usher-handler: ${file} does not run, see above\n`);
      return FAILED;
    }
  }
  return run();
}

process.exit(await main(process.argv.slice(2)));
