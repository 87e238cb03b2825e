/** Does what the conformance kit asks for. Run it: npx usher-handler conforming.mjs */
import { setTimeout as sleep } from "node:timers/promises";
import { handler, Rejected, RetryLater } from "usher-handler";

const begun = new Map();

handler("conformance.node", async (context) => {
  const asked = context.json.conformance;
  const isFirst = context.attempt === 1;
  switch (asked.do) {
    case "return":
      return asked.value;
    case "measure":
      return { length: context.json.padding.length };
    case "reject":
      throw new Rejected("asked to reject");
    case "fail":
      if (isFirst) throw new Error("asked to fail");
      return undefined;
    case "retry-later":
      if (isFirst) throw new RetryLater(asked.seconds);
      return undefined;
    case "wait":
      begun.set(context.delivery, (begun.get(context.delivery) ?? 0) + 1);
      await sleep(asked.ms);
      return { begun: begun.get(context.delivery) };
    default:
      return undefined;
  }
});
