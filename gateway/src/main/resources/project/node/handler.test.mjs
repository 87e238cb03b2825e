import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, Rejected } from "usher-handler";
import { perform } from "./@name@.mjs";

test("greets", async () => {
  const context = contextOf("signup_1.@name@", { username: "Ada" });
  assert.equal(await perform(context), "Hello Ada");
});

test("a signup without username is rejected", async () => {
  await assert.rejects(perform(contextOf("signup_1.@name@", {})), Rejected);
});
