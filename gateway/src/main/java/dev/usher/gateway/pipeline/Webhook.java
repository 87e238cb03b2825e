package dev.usher.gateway.pipeline;

import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A URL that deliveries of an action are POSTed to, in place of an address on the bus.
 *
 * @param url where to; {@code http} or {@code https}
 * @param secrets what they are signed with, each {@code whsec_} and Base64; every one signs, so
 *     that receivers can change from one to the next
 */
public record Webhook(URI url, List<String> secrets) {

  private static final String PREFIX = "whsec_";

  /** Standard Webhooks, "Signature scheme": between 24 and 64 bytes. */
  private static final int MIN_KEY_BYTES = 24;

  private static final int MAX_KEY_BYTES = 64;
  private static final int MAX_PORT = 65_535;

  /**
   * Checks both; the message says what is wrong without showing a secret.
   *
   * @throws IllegalArgumentException when nothing could be sent
   */
  public Webhook {
    secrets = List.copyOf(secrets);
    if (!isAddress(url.toString()) || url.getHost() == null || url.getPort() > MAX_PORT) {
      throw new IllegalArgumentException("the webhook is no URL that can be called");
    }
    if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException("a webhook's URL has no user and no #");
    }
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("a webhook needs at least one secret");
    }
    for (String secret : secrets) {
      var unused = key(secret);
    }
  }

  /** Whether this is where a webhook is, and no address on the bus. */
  public static boolean isAddress(String address) {
    return address.startsWith("https://") || address.startsWith("http://");
  }

  /** Scheme, host and port: what may be shown to anyone, and stands for an action's address. */
  public String address() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return (url.getScheme() + "://" + url.getHost() + port).toLowerCase(Locale.ROOT);
  }

  /** Whether what is sent there is encrypted. */
  public boolean isEncrypted() {
    return url.getScheme().equals("https");
  }

  /** The port that is meant where the URL names none. */
  public int port() {
    int usual = isEncrypted() ? 443 : 80;
    return url.getPort() < 0 ? usual : url.getPort();
  }

  /** The bytes that sign, one key for each secret. */
  public List<byte[]> keys() {
    return secrets.stream().map(Webhook::key).toList();
  }

  private static byte[] key(String secret) {
    byte[] key = bytes(secret);
    if (!secret.startsWith(PREFIX) || key.length < MIN_KEY_BYTES || key.length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          "a secret is not whsec_ and, as Base64, 24 to 64 bytes; make one with: echo"
              + " whsec_$(openssl rand -base64 32)");
    }
    return key;
  }

  private static byte[] bytes(String secret) {
    try {
      return Base64.getDecoder()
          .decode(secret.substring(Math.min(PREFIX.length(), secret.length())));
    } catch (IllegalArgumentException noBase64) {
      return new byte[0];
    }
  }

  /** The record's own text would show secrets, and a path may be one. */
  @Override
  public String toString() {
    return "webhook at " + address();
  }
}
