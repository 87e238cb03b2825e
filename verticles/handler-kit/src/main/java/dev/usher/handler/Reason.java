package dev.usher.handler;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A failure in words: what the gateway keeps, and what a log may hold. */
final class Reason {

  /** The gateway shows no more of a reason than this. */
  static final int MAX_BYTES = 512;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  private Reason() {}

  /** {@code ClassName: message}, or the class name alone where there is no message. */
  static String of(Throwable failure) {
    String name = name(failure);
    return clean(failure.getMessage() == null ? name : name + ": " + failure.getMessage());
  }

  /** The message alone: for failures whose message is the whole reason. */
  static String message(Throwable failure) {
    return clean(failure.getMessage() == null ? name(failure) : failure.getMessage());
  }

  /**
   * The failure without its message, which may hold an e-mail address or a name: its class and the
   * line it came from.
   */
  static String forLog(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return name(failure) + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  private static String name(Throwable failure) {
    String simple = failure.getClass().getSimpleName();
    return simple.isEmpty() ? failure.getClass().getName() : simple;
  }

  private static String clean(String text) {
    return atMost(MAX_BYTES, CONTROL.matcher(text).replaceAll(" ").strip());
  }

  /** Cuts at a character, never within one. */
  private static String atMost(int bytes, String text) {
    CharsetEncoder encoder =
        StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE);
    CharBuffer in = CharBuffer.wrap(text);
    ByteBuffer out = ByteBuffer.allocate(bytes);
    encoder.encode(in, out, true);
    return text.substring(0, in.position());
  }
}
