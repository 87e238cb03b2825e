/** Does what the payload says. */
import { existsSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { handler, Rejected, RetryLater } from "usher-handler";

function act(context) {
  switch (context.json.do) {
    case "echo":
      return { echo: context.json.text };
    case "tell": {
      const left = context.timeLeft > 0 && context.timeLeft <= 30_000;
      const { id, delivery, action, attempt, time, traceparent } = context;
      return [id, delivery, action, attempt, time, traceparent, left];
    }
    case "object":
      return new Map();
    case "long":
      return "x".repeat(5000);
    case "reject":
      throw new Rejected("no such list");
    case "retry":
      throw new RetryLater(6.5, "list is locked");
    case "fail": {
      const broken = new TypeError("broken");
      broken.name = "ValueError";
      throw broken;
    }
    case "missing":
      return context.text("nothing");
    default:
      return undefined;
  }
}

handler("signup.email", { name: "scripted", slots: 4 }, async (context) => {
  if (context.json.do === "wait") {
    writeFileSync(`${context.json.for}.begun`, "");
  }
  while (context.json.do === "wait" && !existsSync(context.json.for)) {
    await sleep(10);
  }
  return act(context);
});

handler("signup.crm", act);
