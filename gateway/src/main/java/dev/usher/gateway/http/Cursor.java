package dev.usher.gateway.http;

import java.util.Optional;

/** Where an earlier answer ended, where that is a number. */
final class Cursor {

  /** What is wrong with anything else. */
  static final String FAULT = "must be the next of an earlier answer";

  private Cursor() {}

  /** The number; empty where it is none. */
  static Optional<Long> read(String text) {
    return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
