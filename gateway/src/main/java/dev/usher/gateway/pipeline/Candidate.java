package dev.usher.gateway.pipeline;

import java.util.function.Predicate;

/**
 * A request that is fit to become a signup.
 *
 * @param payload the JSON object as the client sent it, UTF-8; owned by the signup from here on
 * @param hasKey whether the payload has a key with a value that is not null
 * @param fingerprints what it can be found by
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Candidate(byte[] payload, Predicate<String> hasKey, Fingerprints fingerprints) {

  /** Can't be found but by its id. */
  public Candidate(byte[] payload, Predicate<String> hasKey) {
    this(payload, hasKey, Fingerprints.NONE);
  }

  /** The same under an idempotency key. */
  public Candidate withKey(Macs macs, String key) {
    return new Candidate(
        payload,
        hasKey,
        fingerprints.withRequest(
            macs.of(Macs.Purpose.IDEMPOTENCY_KEY, key), macs.of(Macs.Purpose.BODY, payload)));
  }
}
