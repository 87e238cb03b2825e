package dev.usher.gateway;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * Ids of signups: {@code signup_} and a UUIDv7 in the base32 of TypeID, so that they sort by time
 * and say what they name. All 74 random bits come from a SecureRandom, also within one millisecond:
 * the id is the capability to see the receipt, so knowing one must tell nothing of another. They
 * are drawn for many ids at once, which costs a tenth. For one thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#section-5.7">UUIDv7</a>
 * @see <a href="https://github.com/jetify-com/typeid/blob/main/spec/README.md">TypeID</a>
 */
final class SignupIds {

  private static final String PREFIX = "signup_";
  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int LENGTH = 26;

  /** Random bytes that an id takes, 74 bits of which it uses. */
  private static final int BYTES = Short.BYTES + Long.BYTES;

  private static final int IDS_AT_ONCE = 256;
  private static final int BITS = 5;
  private static final int MASK = 31;
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final ByteBuffer drawn = ByteBuffer.allocate(IDS_AT_ONCE * BYTES);

  SignupIds(Clock clock) {
    this.clock = clock;
    drawn.position(drawn.limit());
  }

  String next() {
    if (!drawn.hasRemaining()) {
      random.nextBytes(drawn.array());
      drawn.rewind();
    }
    long high = (clock.millis() << 16) | VERSION_7 | (drawn.getShort() & 0xFFFL);
    long low = VARIANT | (drawn.getLong() >>> 2);
    return PREFIX + base32(high, low);
  }

  /** 128 bits as 26 digits of 5, most significant first. */
  static String base32(long high, long low) {
    char[] digits = new char[LENGTH];
    for (int i = LENGTH - 1; i >= 0; i--) {
      digits[i] = ALPHABET[(int) (low & MASK)];
      low = (low >>> BITS) | (high << (Long.SIZE - BITS));
      high >>>= BITS;
    }
    return new String(digits);
  }
}
