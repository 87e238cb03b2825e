package dev.usher.gateway.pipeline;

import java.time.Instant;

/**
 * One accepted new-user request; immutable.
 *
 * @param seq place in the order of acceptance; never reused
 * @param id {@code signup_} and a UUIDv7 in base32
 * @param acceptedAt wall-clock time of acceptance, for people; order is {@code seq}
 * @param payload the JSON object as the client sent it, UTF-8; shared, never changed; empty once
 *     the signup is erased
 */
@SuppressWarnings("ArrayRecordComponent") // shared by all deliveries of the signup, never compared
public record Signup(long seq, String id, Instant acceptedAt, byte[] payload) {

  /** Whether everything of the person was taken out. */
  public boolean isErased() {
    return payload.length == 0;
  }

  /** Bytes it keeps on the heap, roughly. */
  int weight() {
    return payload.length + 256;
  }
}
