package dev.usher.email;

import dev.usher.handler.Rejected;
import io.vertx.ext.mail.SMTPException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server's "no" means. A permanent one to the recipient or to the content will be the same
 * tomorrow, so the delivery ends. All others are about us or pass by: temporary ones (4xx),
 * permanent ones to our greeting, login or sender, and those by policy (5.7.x: a block list, a
 * missing login, relaying), which someone can lift.
 *
 * <p>Only numbers of the answer are passed on: its words often hold the address.
 */
final class SmtpRefusal {

  private enum Step {
    SENDER("MAIL FROM"),
    RECIPIENT("RCPT TO"),
    DATA("DATA"),
    CONTENT("the message"),
    LOGIN("AUTH"),
    GREETING("the greeting");

    private final String shown;

    Step(String shown) {
      this.shown = shown;
    }

    /** Whether this code will be the same at the next attempt. */
    boolean isFinal(int code) {
      return switch (this) {
        // 552 is a full mailbox here, which its owner may yet empty.
        case RECIPIENT -> code == 501 || UNDELIVERABLE.contains(code);
        case DATA, CONTENT -> code == 552 || UNDELIVERABLE.contains(code);
        case SENDER, LOGIN, GREETING -> false;
      };
    }

    /** The mail client tells the steps apart only by how its message begins. */
    static Step of(SMTPException refusal) {
      String message = String.valueOf(refusal.getMessage());
      if (message.startsWith("sender address not accepted")) {
        return SENDER;
      } else if (message.startsWith("recipient address not accepted")) {
        return RECIPIENT;
      } else if (message.startsWith("DATA command not accepted")) {
        return DATA;
      } else if (message.startsWith("sending data failed")) {
        return CONTENT;
      }
      return message.startsWith("AUTH ") ? LOGIN : GREETING;
    }
  }

  // RFC 5321, section 4.2.3, and RFC 7504
  private static final Set<Integer> UNDELIVERABLE = Set.of(521, 550, 551, 553, 554, 556);

  // RFC 3463
  private static final Pattern STATUS =
      Pattern.compile("\\d{3}[ -]([245]\\.\\d{1,3}\\.\\d{1,3})\\b.*");

  private SmtpRefusal() {}

  /** The failure of the delivery that follows from this answer. */
  static RuntimeException meaning(SMTPException refusal) {
    Step step = Step.of(refusal);
    Optional<String> status = status(refusal);
    String reason =
        "the SMTP server answered "
            + refusal.getReplyCode()
            + status.map(" "::concat).orElse("")
            + " to "
            + step.shown;
    boolean policy = status.filter(code -> code.startsWith("5.7.")).isPresent();
    return step.isFinal(refusal.getReplyCode()) && !policy
        ? new Rejected(reason)
        : new NotSent(reason);
  }

  private static Optional<String> status(SMTPException refusal) {
    Matcher status = STATUS.matcher(refusal.getReplyMessage().strip());
    return status.matches() ? Optional.of(status.group(1)) : Optional.empty();
  }
}
