/** A line for everybody who subscribes. Run it: npx usher-handler subscribe_user.mjs */
import { appendFile } from "node:fs/promises";
import { handler } from "usher-handler";

handler("signup.subscribe", async (context) => {
  const list = process.env.SUBSCRIBERS ?? "subscribers.txt";
  await appendFile(list, `${context.id} ${context.text("email")}\n`);
});
