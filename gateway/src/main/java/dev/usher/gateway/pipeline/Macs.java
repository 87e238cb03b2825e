package dev.usher.gateway.pipeline;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed fingerprints (HMAC-SHA-256, the first half of it) of what must be found again but not kept:
 * who reads the journal without its key learns nothing from them, not even by trying. The same
 * value has another fingerprint for each {@link Purpose}. Safe on any thread.
 */
public final class Macs {

  /** Bytes of a fingerprint; at 128 bits no two values of a journal will ever share one. */
  public static final int BYTES = 16;

  private static final String ALGORITHM = "HmacSHA256";

  /** Never fed itself: each use takes a copy, which is far cheaper than a new one. */
  private final Mac ready;

  /** What a fingerprint is for; part of what is hashed. Never rename one: journals hold them. */
  public enum Purpose {
    /** The normalised e-mail address of a signup. */
    PERSON,
    /** What a client calls its request so that it can be sent again. */
    IDEMPOTENCY_KEY,
    /** The body that came with an idempotency key. */
    BODY;

    @SuppressWarnings("ImmutableEnumChecker") // read here alone, and never written
    private final byte[] prefix =
        (name().toLowerCase(Locale.ROOT) + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  /** Fingerprints under this key. */
  public Macs(byte[] key) {
    try {
      ready = Mac.getInstance(ALGORITHM);
      ready.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }

  /** The fingerprint of bytes. */
  public byte[] of(Purpose purpose, byte[] value) {
    Mac mac = copy();
    mac.update(purpose.prefix);
    return Arrays.copyOf(mac.doFinal(value), BYTES);
  }

  /** The fingerprint of a text, by its UTF-8. */
  public byte[] of(Purpose purpose, String value) {
    return of(purpose, value.getBytes(StandardCharsets.UTF_8));
  }

  /** The fingerprint of a person: the same for each way to write the same e-mail address. */
  public byte[] ofPerson(String email) {
    return of(Purpose.PERSON, EmailAddress.normalised(email));
  }

  private Mac copy() {
    try {
      return (Mac) ready.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this Java can't copy an " + ALGORITHM, e);
    }
  }
}
