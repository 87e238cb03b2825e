/** Handlers of Usher in JavaScript; see index.d.ts. */
export { contextOf } from "./context.mjs";
export { Rejected, RetryLater } from "./outcome.mjs";
export { run } from "./process.mjs";
export { handler } from "./registry.mjs";
