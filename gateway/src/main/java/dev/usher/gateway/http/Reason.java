package dev.usher.gateway.http;

/** Why a person did something, as the audit keeps it. */
final class Reason {

  /** Longest one that is kept, in characters. */
  static final int MAX = 512;

  private Reason() {}

  /** As much of it as is kept. */
  static String cut(String text) {
    return text.length() > MAX ? text.substring(0, MAX) : text;
  }
}
