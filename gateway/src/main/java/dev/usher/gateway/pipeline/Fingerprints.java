package dev.usher.gateway.pipeline;

/**
 * What a signup can be found by without being read, made by {@link Macs}; empty where it has none.
 *
 * @param person of its e-mail address
 * @param idempotencyKey of what the client calls its request
 * @param body of the body that came with that key
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Fingerprints(byte[] person, byte[] idempotencyKey, byte[] body) {

  private static final byte[] EMPTY = {};

  /** Can't be found but by its id. */
  public static final Fingerprints NONE = new Fingerprints(EMPTY, EMPTY, EMPTY);

  /** Whether it came with an idempotency key. */
  public boolean hasKey() {
    return idempotencyKey.length > 0;
  }

  /** The same for a request that may be sent again under this key. */
  public Fingerprints withRequest(byte[] key, byte[] its) {
    return new Fingerprints(person, key, its);
  }

  /** Can be found by its e-mail address. */
  public static Fingerprints ofPerson(byte[] person) {
    return new Fingerprints(person, EMPTY, EMPTY);
  }
}
