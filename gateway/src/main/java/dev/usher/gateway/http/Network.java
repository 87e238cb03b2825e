package dev.usher.gateway.http;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An IP address or a block of them, as in {@code 10.0.0.0/8}.
 *
 * @param address its first address
 * @param bits how many of the first bits all its addresses share
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Network(byte[] address, int bits) {

  private static final int SUBSCRIBER_BYTES = 8;

  /**
   * Reads one; never asks a name server.
   *
   * @throws IllegalArgumentException where it is none
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException(text + " is not an address or a block of addresses");
    }
    int all = address.length * Byte.SIZE;
    int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
    if (bits > all) {
      throw new IllegalArgumentException(text + ": there are only " + all + " bits");
    }
    return new Network(address, bits);
  }

  static boolean isAddress(String text) {
    return bytes(text) != null;
  }

  /** What stands for a subscriber: an IPv4 address, the first half of an IPv6 one. */
  static String subscriber(String address) {
    byte[] bytes = bytes(address);
    return bytes == null || bytes.length <= SUBSCRIBER_BYTES
        ? address
        : HexFormat.of().formatHex(bytes, 0, SUBSCRIBER_BYTES);
  }

  boolean holds(String text) {
    byte[] other = bytes(text);
    return other != null
        && other.length == address.length
        && Arrays.equals(address, 0, bits / Byte.SIZE, other, 0, bits / Byte.SIZE)
        && isSameRest(other);
  }

  private boolean isSameRest(byte[] other) {
    int rest = bits % Byte.SIZE;
    int at = bits / Byte.SIZE;
    return rest == 0 || (address[at] ^ other[at]) >> (Byte.SIZE - rest) == 0;
  }

  /** An IPv4 address in the clothes of an IPv6 one is that IPv4 address. */
  private static byte @Nullable [] bytes(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    boolean isMapped =
        bytes != null
            && bytes.length == 16
            && Arrays.equals(
                bytes, 0, 12, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1}, 0, 12);
    return isMapped ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
  }
}
