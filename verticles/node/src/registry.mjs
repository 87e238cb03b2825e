/** The handlers of this process. */

const SLOTS = 256;
const NAME = /^[A-Za-z][A-Za-z0-9._-]{0,62}$/;

export const registered = [];

export function handler(address, ...rest) {
  const handle = rest.pop();
  const { name, slots = SLOTS, version = "dev" } = rest.pop() ?? {};
  if (typeof address !== "string" || address === "" || typeof handle !== "function") {
    throw new TypeError('write handler("an.address", async (context) => { … })');
  }
  const shown = name ?? (dashed(handle.name) || dashed(address));
  if (!NAME.test(shown)) {
    throw new TypeError(`"${shown}" is no name for a handler: write handler(address, {name}, …)`);
  }
  if (!Number.isInteger(slots) || slots < 1) {
    throw new RangeError(`${slots} slots: a handler needs at least one`);
  }
  if (registered.some((known) => known.address === address)) {
    throw new Error(`${address} has a handler already`);
  }
  registered.push({ address, handle, name: shown, slots, version });
}

/** The one handler of this process serves another address than its own. */
export function moveTo(address) {
  if (registered.length !== 1) {
    throw new Error(
      `${registered.length} handlers can't share the address ${address}: ` +
        "deploy them without one, or one to a file",
    );
  }
  registered[0].address = address;
}

/** emailUser and signup.email as the names of processes are written: email-user, signup-email. */
function dashed(name) {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase();
}
