package dev.usher.benchmark.load;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a {@code POST} of a signup, about as long as what wrk sends; each of another person.
 */
final class SignupRequest {

  private static final String PERSON = "0000000";

  private static final String BODY =
      "{\"username\":\"Ada Lovelace\",\"email\":\"ada."
          + PERSON
          + "@example.com\",\"subscribe\":true,\"company\":\"Analytical Engines Ltd\","
          + "\"country\":\"GB\",\"locale\":\"en-GB\",\"source\":\"landing-page-b\","
          + "\"campaign\":\"spring-2026\",\"referrer\":\"https://example.org/engines/difference\","
          + "\"consent\":{\"terms\":true,\"version\":7},\"note\":\"met at the exhibition\"}";

  private final byte[] bytes;
  private final int person;

  SignupRequest(URI target, String... headers) {
    StringBuilder head =
        new StringBuilder("POST ").append(target.getPath()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(target.getAuthority()).append("\r\n");
    head.append("Content-Type: application/json\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Length: ").append(BODY.length()).append("\r\n\r\n");
    String text = head + BODY;
    bytes = text.getBytes(StandardCharsets.US_ASCII);
    person = text.indexOf(PERSON, head.length());
  }

  /** The request of one person; only until the next is asked for. */
  ByteBuffer of(long number) {
    long rest = number;
    for (int digit = PERSON.length() - 1; digit >= 0; digit--) {
      bytes[person + digit] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return ByteBuffer.wrap(bytes);
  }
}
