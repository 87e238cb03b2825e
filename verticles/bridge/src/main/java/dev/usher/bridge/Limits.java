package dev.usher.bridge;

import java.time.Duration;

/** What one client, and all of them together, can make this process hold. */
final class Limits {

  /** Clients at once. */
  static final int CONNECTIONS = 256;

  /** Longest frame from a client: a result has 4 KiB, a signup 64. */
  static final int FRAME_BYTES = 128 * 1024;

  /** Bytes of frames that have begun and are not whole, of all clients: little of a small heap. */
  static final long UNFINISHED_BYTES = 8L * 1024 * 1024;

  /** Longest frame of a client that has not shown its token yet. */
  static final int STRANGER_FRAME_BYTES = 4 * 1024;

  /** Addresses that a client serves at once, those it is about to leave included. */
  static final int REGISTRATIONS = 64;

  /** Deliveries that an address of a client may have in flight at most. */
  static final int SLOTS = 256;

  /** The same where the client says nothing: as many as a blocking handler of the kit has. */
  static final int DEFAULT_SLOTS = 16;

  /** Messages of a client to the bus that may wait for their replies. */
  static final int REQUESTS = 64;

  /** Bytes to a client that may wait; past it the client is not read until it has read. */
  static final int UNREAD_BYTES = 1024 * 1024;

  /** Time to show the token. */
  static final Duration INTRODUCTION = Duration.ofSeconds(10);

  /** Longest time for one frame to come in, and for a client to read what waits for it. */
  static final Duration SLOWNESS = Duration.ofSeconds(30);

  /** A client that pings and then says nothing for this long hangs. */
  static final Duration SILENCE = Duration.ofSeconds(30);

  private Limits() {}
}
