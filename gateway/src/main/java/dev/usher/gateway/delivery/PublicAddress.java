package dev.usher.gateway.delivery;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Which addresses anyone on the Internet may have. All others are this machine, its networks, the
 * metadata services of clouds, or nobody: a gateway that called them for a person would reach what
 * that person can't. After the registries of IANA for special purposes, IPv4 and IPv6.
 *
 * <p>Of IPv4 what is listed is refused. Of IPv6 only the global unicast block is allowed, without
 * the parts listed. Where an IPv6 address carries an IPv4 one and traffic goes there, that one
 * decides.
 */
final class PublicAddress {

  private static final List<Block> NOT_PUBLIC_4 =
      blocks(
          "0.0.0.0/8", // this host
          "10.0.0.0/8", // private
          "100.64.0.0/10", // a provider's own; Alibaba's metadata
          "127.0.0.0/8", // loopback
          "168.63.129.16/32", // Azure's wire server: a public address that only its guests reach
          "169.254.0.0/16", // link-local; the metadata of most clouds
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocols; Oracle's metadata
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays, gone
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and broadcast

  private static final List<Block> NOT_PUBLIC_6 =
      blocks(
          "2001::/23", // protocols, Teredo among them
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4: leads to whatever IPv4 address is in it
          "3fff::/20"); // documentation

  private static final Block GLOBAL_UNICAST = Block.of("2000::/3");
  private static final Block MAPPED = Block.of("::ffff:0:0/96");
  private static final Block TRANSLATED = Block.of("64:ff9b::/96");
  private static final int IPV4_BYTES = 4;

  private PublicAddress() {}

  /** Whether this address is one of the public Internet. */
  static boolean is(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == IPV4_BYTES ? isPublic4(bytes) : isPublic6(bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    return NOT_PUBLIC_4.stream().noneMatch(block -> block.has(bytes));
  }

  private static boolean isPublic6(byte[] bytes) {
    if (MAPPED.has(bytes) || TRANSLATED.has(bytes)) {
      return isPublic4(Arrays.copyOfRange(bytes, bytes.length - IPV4_BYTES, bytes.length));
    }
    return GLOBAL_UNICAST.has(bytes) && NOT_PUBLIC_6.stream().noneMatch(block -> block.has(bytes));
  }

  private static List<Block> blocks(String... texts) {
    return Arrays.stream(texts).map(Block::of).toList();
  }

  /** Addresses that begin alike. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Block(byte[] start, int bits) {

    static Block of(String text) {
      String[] parts = text.split("/", 2);
      byte[] start = NetUtil.createByteArrayFromIpAddressString(parts[0]);
      return new Block(Objects.requireNonNull(start, text), Integer.parseInt(parts[1]));
    }

    boolean has(byte[] address) {
      int whole = bits / Byte.SIZE;
      int rest = bits % Byte.SIZE;
      return address.length == start.length
          && Arrays.equals(address, 0, whole, start, 0, whole)
          && (rest == 0 || (address[whole] ^ start[whole]) >> (Byte.SIZE - rest) == 0);
    }
  }
}
