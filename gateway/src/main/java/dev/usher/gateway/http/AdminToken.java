package dev.usher.gateway.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Somebody who may use the admin port. Keeps a digest of the token, never the token. */
public final class AdminToken {

  private final String name;
  private final Role role;
  private final byte[] digest;

  /**
   * A token.
   *
   * @param name what the audit calls its holder
   * @param role what it may do
   * @param token the token itself
   */
  public AdminToken(String name, Role role, String token) {
    this.name = name;
    this.role = role;
    this.digest = digest(token);
  }

  /** What the audit calls its holder. */
  String name() {
    return name;
  }

  /** What it may do. */
  Role role() {
    return role;
  }

  /** Takes the same time whatever was given: digests are of one length. */
  boolean is(byte[] given) {
    return MessageDigest.isEqual(digest, given);
  }

  static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return name + " (" + role.word() + ")";
  }
}
