/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** One attempt of one delivery, and the payload of its signup. */
export interface Context {
  /** The payload. */
  readonly json: { [key: string]: any };
  /** Id of the signup; all its actions share it. */
  readonly id: string;
  /** Id of the delivery: the same for every attempt, for ever; what to deduplicate on. */
  readonly delivery: string;
  /** Name of the action that is owed. */
  readonly action: string;
  /** Number of this attempt, from 1. */
  readonly attempt: number;
  /** When the signup was accepted, ISO 8601. */
  readonly time: string;
  /** W3C trace context of the request, or empty. */
  readonly traceparent: string;
  /** Milliseconds that the gateway still waits for this attempt; 0 when it no longer does. */
  readonly timeLeft: number;
  /** The text of a field; rejects the delivery where the field is missing or null. */
  text(key: string): string;
}

/** What a handler gives back: a plain JSON value is kept as the result, at most 4 KiB of it. */
export type HandlerFunction = (context: Context) => unknown | Promise<unknown>;

export interface HandlerOptions {
  /** For people; without it the function's name, else the address. */
  name?: string;
  /** Deliveries that run at once; 256. */
  slots?: number;
  /** For people. */
  version?: string;
}

/** Makes a function the handler of what is sent to `address`. */
export function handler(address: string, handle: HandlerFunction): void;
export function handler(address: string, options: HandlerOptions, handle: HandlerFunction): void;

/** Serves every handler of this process until SIGTERM or Ctrl-C; gives the exit code. */
export function run(): Promise<number>;

/** A first attempt with 30 seconds left, for tests of handlers. */
export function contextOf(delivery: string, payload?: { [key: string]: unknown }): Context;

/** This delivery can never succeed: a dead letter at once. The reason must name nobody. */
export class Rejected extends Error {
  constructor(reason: string);
}

/** This attempt did not work; another one may, but not before `after` seconds. */
export class RetryLater extends Error {
  constructor(after: number, reason?: string);
  readonly after: number;
}
