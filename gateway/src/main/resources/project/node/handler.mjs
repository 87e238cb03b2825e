/** Performs the action @name@. */
import { handler } from "usher-handler";

export async function perform(context) {
  return `Hello ${context.text("username")}`;
}

handler("@address@", { name: "@name@" }, perform);
