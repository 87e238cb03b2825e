package dev.usher.handler;

import java.security.SecureRandom;

/** Makes ids of instances: {@code <handler>-<12 characters>}, never the same twice. */
final class InstanceIds {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int CHARACTERS = 12;
  private static final int BITS_EACH = 5;
  private static final int RADIX = 1 << BITS_EACH;

  private InstanceIds() {}

  static String next(String handler) {
    StringBuilder id = new StringBuilder(handler).append('-');
    for (int i = 0; i < CHARACTERS; i++) {
      id.append(Character.forDigit(RANDOM.nextInt(RADIX), RADIX));
    }
    return id.toString();
  }
}
