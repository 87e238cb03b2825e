import assert from "node:assert/strict";
import { test } from "node:test";
import { Attempts } from "../src/attempts.mjs";
import { encode, FrameReader } from "../src/frames.mjs";
import { contextOf, handler, Rejected, RetryLater } from "../src/index.mjs";
import { failure, success } from "../src/outcome.mjs";
import { moveTo, registered } from "../src/registry.mjs";
import { read } from "../src/settings.mjs";

function frames(...chunks) {
  const heard = [];
  const reader = new FrameReader((frame) => heard.push(frame));
  chunks.forEach((chunk) => reader.accept(chunk));
  return heard;
}

test("frames are found however they are cut", () => {
  const bytes = Buffer.concat([encode({ a: "ö" }), encode({ b: 2 })]);
  assert.deepEqual(frames(bytes), [{ a: "ö" }, { b: 2 }]);
  assert.deepEqual(frames(...[...bytes].map((byte) => Buffer.from([byte]))), [{ a: "ö" }, { b: 2 }]);
});

test("what is no bridge is refused", () => {
  assert.throws(() => frames(Buffer.from("HTTP/1.1 400 Bad Request\r\n")), /a frame of \d+ bytes/);
});

test("plain values are results, others are not", () => {
  assert.deepEqual(success({ sent: 1 }).outcome.body, { sent: 1 });
  assert.deepEqual(success("a").outcome.body, "a");
  assert.equal(success(undefined).outcome.body, null);
  assert.equal(success(new Date()).outcome.body, null);
  const circle = {};
  circle.self = circle;
  assert.equal(success(circle).dropped, "it is no JSON");
});

test("failures name themselves", () => {
  assert.deepEqual(failure(new TypeError("no")).body, "TypeError: no");
  assert.deepEqual(failure("text").body, "thrown string");
  assert.equal(failure(new RetryLater(0.5)).headers["usher-retry-after"], "1");
  assert.equal(failure(new Rejected("x".repeat(9_000))).body.length, 500);
  assert.throws(() => new RetryLater(-1), RangeError);
});

test("a handler is named after its function or its address", () => {
  registered.length = 0;
  handler("signup.email", function emailUser() {});
  handler("signup.crm", () => {});
  assert.deepEqual(registered.map((one) => one.name), ["email-user", "signup-crm"]);
  assert.throws(() => handler("signup.crm", () => {}), /has a handler already/);
  assert.throws(() => handler("signup.list", { slots: 0 }, () => {}), /at least one/);
  assert.throws(() => handler("signup.list"), /write handler/);
});

test("only one handler can be given another address", () => {
  registered.length = 0;
  handler("signup.crm", () => {});
  moveTo("signup.other");
  assert.equal(registered[0].address, "signup.other");
  handler("signup.list", () => {});
  assert.throws(() => moveTo("signup.third"), /2 handlers can't share the address signup.third/);
});

test("a handler can be tested with a context of one's own", () => {
  const context = contextOf("signup_1.mail", { email: "ada@example.com" });
  assert.equal(context.text("email"), "ada@example.com");
  assert.equal(context.id, "signup_1");
  assert.equal(context.action, "mail");
  assert.throws(() => context.text("name"), new Rejected('"name" is missing'));
  assert.throws(() => context.text("toString"), Rejected);
  assert.equal(String(context), "signup_1.mail attempt 1");
});

test("a running delivery is joined, one that succeeded is not run again", async () => {
  let calls = 0;
  let end;
  const handle = () => {
    calls += 1;
    return new Promise((resolve) => (end = resolve));
  };
  const attempts = new Attempts();
  const answers = [];
  const start = () =>
    attempts.start({ handle }, { "usher-delivery": "signup_1.mail" }, { data: {} }, (outcome) =>
      answers.push(outcome.body),
    );
  start();
  start();
  end("sent");
  await attempts.idle();
  start();
  assert.deepEqual(answers, ["sent", "sent", "sent"]);
  assert.equal(calls, 1);
});

test("settings that are wrong say what to write", () => {
  assert.throws(() => read({}), /USHER_BRIDGE is not set; write host:port/);
  assert.throws(() => read({ USHER_BRIDGE: "nowhere" }), /write host:port/);
  assert.throws(() => read({ USHER_BRIDGE: "a:1", USHER_SHUTDOWN_TIMEOUT: "x" }), /write 10s/);
  assert.throws(() => read({ USHER_BRIDGE: "a:1", USHER_BRIDGE_TOKEN: "file:/no" }), /\/no can't/);
  const settings = read({ USHER_BRIDGE: "tls://[::1]:7000", USHER_BRIDGE_TOKEN: " t " });
  assert.deepEqual([settings.host, settings.port, settings.isTls], ["::1", 7000, true]);
  assert.equal(settings.token, "t");
});
