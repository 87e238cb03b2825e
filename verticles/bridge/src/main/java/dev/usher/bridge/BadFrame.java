package dev.usher.bridge;

/** A client broke the protocol; nothing that it sends after that can be understood. */
final class BadFrame extends RuntimeException {

  private static final long serialVersionUID = 1;

  BadFrame(String message) {
    super(message, null, false, false);
  }
}
