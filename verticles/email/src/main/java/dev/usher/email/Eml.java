package dev.usher.email;

import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.mailencoder.EncodedPart;
import io.vertx.ext.mail.mailencoder.MailEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A letter as the bytes that an SMTP server would be given (RFC 5322). The mail client can print a
 * message itself, but leaves out the last boundary.
 */
final class Eml {

  private Eml() {}

  static byte[] of(MailMessage letter) {
    MailConfig config = new MailConfig().setUserAgent("usher");
    StringBuilder out = new StringBuilder();
    append(out, new MailEncoder(letter, "localhost", config).encodeMail());
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder out, EncodedPart part) {
    part.headers()
        .forEach((name, value) -> out.append(name).append(": ").append(value).append("\r\n"));
    out.append("\r\n");
    if (part.parts() == null || part.parts().isEmpty()) {
      part.body().lines().forEach(line -> out.append(line).append("\r\n"));
      return;
    }
    for (EncodedPart child : part.parts()) {
      out.append("--").append(part.boundary()).append("\r\n");
      append(out, child);
    }
    out.append("--").append(part.boundary()).append("--\r\n");
  }
}
