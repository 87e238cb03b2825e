package dev.usher.wire;

/** Refuses frames that another version of Usher wrote. */
final class FrameVersions {

  private FrameVersions() {}

  static void check(int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "frame version " + found + "; this process speaks " + expected);
    }
  }
}
