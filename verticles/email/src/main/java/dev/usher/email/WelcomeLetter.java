package dev.usher.email;

import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailMessage;
import java.util.Map;

/**
 * Writes the letter, the same whichever transport takes it. Its Message-ID is the delivery's id, so
 * that a duplicate can be recognised by whoever receives it.
 */
final class WelcomeLetter {

  private final Mailbox from;
  private final String product;
  private final Templates templates;

  /**
   * A letter from this sender.
   *
   * @throws RuntimeException when a template can't be used
   */
  WelcomeLetter(Mailbox from, String product, Templates templates) {
    this.from = from;
    this.product = product;
    this.templates = templates;
    // A mistake in a template shows at the start, not at the first signup.
    MailMessage unusedTrial = to(new Mailbox("Ada", "ada", "example.com"), "signup_0.trial");
  }

  /** The letter to this person, who is greeted by the mailbox's name. */
  MailMessage to(Mailbox person, String delivery) {
    Map<String, Object> values = Map.of("username", person.name(), "product", product);
    return new MailMessage()
        .setFrom(from.address())
        .setTo(person.address())
        .setHeaders(headers(person, delivery, templates.subject(values)))
        .setText(templates.text(values))
        .setHtml(templates.html(values));
  }

  private MultiMap headers(Mailbox person, String delivery, String subject) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.add("From", from.header());
    headers.add("To", person.header());
    headers.add("Subject", HeaderText.unstructured(subject));
    headers.add("Message-ID", "<" + HeaderText.unstructured(delivery) + "@" + from.domain() + ">");
    // RFC 3834: asks vacation programs not to answer.
    headers.add("Auto-Submitted", "auto-generated");
    headers.add("X-Usher-Delivery", HeaderText.unstructured(delivery));
    return headers;
  }
}
