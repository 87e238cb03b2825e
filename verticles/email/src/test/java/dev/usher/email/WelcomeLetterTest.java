package dev.usher.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.ext.mail.MailMessage;
import jakarta.mail.Message;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The letter as a mail reader sees it: read back by Jakarta Mail. */
class WelcomeLetterTest {

  private static final Mailbox FROM = Mailbox.parse("Usher <welcome@example.com>");

  private final WelcomeLetter letter =
      new WelcomeLetter(FROM, "Fisch & Söhne", new Templates(Optional.empty()));

  @Test
  void greetsByNameInTextAndHtml() throws Exception {
    MimeMessage mail = read(to("Ada"));

    assertThat(mail.getSubject()).isEqualTo("Welcome to Fisch & Söhne, Ada");
    assertThat(part(mail, 0)).contains("Hello Ada, thanks for joining Fisch & Söhne!");
    assertThat(part(mail, 1))
        .contains("Hello <bdi>Ada</bdi>, thanks for joining Fisch &amp; Söhne!");
  }

  @Test
  void aNameIsEscapedInHtmlAndLeftAloneInText() throws Exception {
    MimeMessage mail = read(to("<script>alert(1)</script>"));

    assertThat(part(mail, 0)).contains("Hello <script>alert(1)</script>, thanks");
    assertThat(part(mail, 1)).doesNotContain("<script").contains("&lt;script&gt;");
  }

  @Test
  void namesOfAllScriptsArriveWhole() throws Exception {
    String name = "Zoë 山田 🚀";
    MimeMessage mail = read(to(name));

    assertThat(mail.getSubject()).endsWith(", " + name);
    InternetAddress person = (InternetAddress) mail.getRecipients(Message.RecipientType.TO)[0];
    assertThat(person.getPersonal()).isEqualTo(name);
    assertThat(person.getAddress()).isEqualTo("ada@example.org");
    assertThat(part(mail, 0)).contains("Hello " + name);
    assertThat(part(mail, 1)).contains(name);
  }

  @Test
  void theMessageIdIsTheDelivery() throws Exception {
    MimeMessage mail = read(to("Ada"));

    assertThat(mail.getMessageID()).isEqualTo("<signup_1.welcome-email@example.com>");
    assertThat(mail.getHeader("X-Usher-Delivery", null)).isEqualTo("signup_1.welcome-email");
    assertThat(mail.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
    assertThat(mail.getFrom()[0]).hasToString("Usher <welcome@example.com>");
  }

  @Test
  void everyHeaderIsThereOnce() {
    String head = new String(Eml.of(to("Ada")), StandardCharsets.UTF_8).split("\r\n\r\n", 2)[0];

    assertThat(head.lines().map(line -> line.split(":", 2)[0]))
        .doesNotHaveDuplicates()
        .contains("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type");
  }

  @Test
  void noNameOrDeliveryInjectsAHeader() {
    assertThatThrownBy(() -> to("Ada\r\nBcc: eve@example.org"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> letter.to(Mailbox.of("Ada", "ada@example.org"), "signup_1.x\r\nBcc: eve@e.org"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSubjectOfTwoLinesIsRefusedAtTheStart(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("welcome.subject.peb"), "Hello\nBcc: eve@example.org");

    assertThatThrownBy(() -> new WelcomeLetter(FROM, "Usher", new Templates(Optional.of(folder))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void templatesOfTheUserTakeThePlaceOfOurs(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("welcome.txt.peb"), "Moin {{ username }}");
    WelcomeLetter theirs = new WelcomeLetter(FROM, "Usher", new Templates(Optional.of(folder)));

    MimeMessage mail = read(theirs.to(Mailbox.of("Ada", "ada@example.org"), "signup_1.x"));

    assertThat(part(mail, 0)).isEqualToIgnoringNewLines("Moin Ada");
    assertThat(part(mail, 1)).contains("Hello <bdi>Ada</bdi>");
  }

  @Test
  void aTemplateWithAMistakeIsNamedAtTheStart(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("welcome.html.peb"), "Hello {{ nickname }}");

    assertThatThrownBy(() -> new WelcomeLetter(FROM, "Usher", new Templates(Optional.of(folder))))
        .hasMessageContaining("welcome.html.peb")
        .hasMessageContaining("nickname");
  }

  private MailMessage to(String name) {
    return letter.to(Mailbox.of(name, "ada@example.org"), "signup_1.welcome-email");
  }

  private static MimeMessage read(MailMessage letter) throws Exception {
    return new MimeMessage(null, new ByteArrayInputStream(Eml.of(letter)));
  }

  private static String part(MimeMessage mail, int index) throws Exception {
    return (String) ((MimeMultipart) mail.getContent()).getBodyPart(index).getContent();
  }
}
