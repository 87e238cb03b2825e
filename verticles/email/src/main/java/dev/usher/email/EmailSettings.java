package dev.usher.email;

import dev.usher.settings.Settings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be set about the welcome mail.
 *
 * @param transport who takes the letters
 * @param outbox folder of the outbox; a relative one is under the process's data folder
 * @param smtp the server, for {@link Kind#SMTP}
 * @param from sender of the letters
 * @param product what people have joined, as the letter calls it
 * @param templates folder with the user's own templates
 */
record EmailSettings(
    Kind transport,
    Path outbox,
    SmtpSettings smtp,
    Mailbox from,
    String product,
    Optional<Path> templates) {

  /** Who takes the letters. */
  enum Kind {
    /** A folder: needs nothing, and delivers to nobody. */
    OUTBOX,
    /** A mail server. */
    SMTP
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException saying which one can't be used
   */
  static EmailSettings from(Settings settings) {
    return new EmailSettings(
        Kind.valueOf(settings.text("transport").toUpperCase(Locale.ROOT)),
        Path.of(settings.text("outbox.dir")),
        SmtpSettings.from(settings),
        sender(settings.text("from")),
        settings.text("product"),
        settings.find("templates.dir").map(Path::of));
  }

  private static Mailbox sender(String from) {
    try {
      return Mailbox.parse(from);
    } catch (IllegalArgumentException e) {
      // The sender is ours, so it may be shown.
      throw new IllegalArgumentException(
          "from: \"" + from + "\" is " + e.getMessage() + "; write Name <user@example.com>", e);
    }
  }
}
