package dev.usher.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxIT {

  private final Vertx vertx = Vertx.vertx();
  @TempDir private Path temporary;

  @AfterEach
  void closeVertx() {
    vertx.close().await();
  }

  @Test
  void aLetterIsAFileOfItsOwnerAlone() throws Exception {
    Path folder = temporary.resolve("a/b");
    Outbox outbox = Outbox.open(vertx, folder);

    send(outbox, "signup_1.welcome-email", "Hello").await();

    Path file = folder.resolve("signup_1.welcome-email.eml");
    assertThat(Files.readString(file)).contains("\r\n\r\nHello\r\n").doesNotContain("\r\r");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(names(folder)).containsExactly("signup_1.welcome-email.eml");
  }

  @Test
  void aDuplicateTakesThePlaceOfTheFirst() throws Exception {
    Outbox outbox = Outbox.open(vertx, temporary);

    Future.all(send(outbox, "signup_1.x", "Same"), send(outbox, "signup_1.x", "Same")).await();

    assertThat(names(temporary)).containsExactly("signup_1.x.eml");
  }

  @Test
  void letterOfAnErasedDeliveryGoesAndTheOthersStay() throws Exception {
    Outbox outbox = Outbox.open(vertx, temporary);
    Future.all(send(outbox, "signup_1.x", "One"), send(outbox, "signup_2.x", "Two")).await();

    outbox.erase("signup_1.x").await();
    outbox.erase("signup_1.x").await();
    outbox.erase("../signup_2.x").await();

    assertThat(names(temporary)).containsExactly("signup_2.x.eml");
  }

  @Test
  void letterOfBeforeGoesThoughLettersAreSentAnotherWayNow() throws Exception {
    send(Outbox.open(vertx, temporary), "signup_1.x", "One").await();

    Outbox.left(vertx, temporary).erase("signup_1.x").await();
    Outbox.left(vertx, temporary.resolve("never")).erase("signup_1.x").await();

    assertThat(names(temporary)).isEmpty();
  }

  @Test
  void noDeliveryIdLeavesTheFolder() throws Exception {
    Outbox outbox = Outbox.open(vertx, temporary.resolve("outbox"));

    assertThatThrownBy(() -> send(outbox, "../signup_1.x", "Hello").await())
        .isInstanceOf(NotSent.class);
    assertThat(names(temporary)).containsExactly("outbox");
  }

  @Test
  void aFolderThatIsGoneIsAnotherAttemptAndNamesNoPath() throws Exception {
    Path folder = temporary.resolve("outbox");
    Outbox outbox = Outbox.open(vertx, folder);
    Files.delete(folder);

    assertThatThrownBy(() -> send(outbox, "signup_1.x", "Hello").await())
        .isInstanceOf(NotSent.class)
        .hasMessage("the outbox could not be written: NoSuchFileException");
  }

  @Test
  void whatACrashLeftIsSweptAtTheStart() throws Exception {
    Path left = Files.writeString(temporary.resolve("letter123.unfinished"), "half a let");
    Files.setLastModifiedTime(left, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    Files.writeString(temporary.resolve("signup_1.x.eml"), "whole");

    assertThat(Outbox.open(vertx, temporary)).isNotNull();

    assertThat(names(temporary)).containsExactly("signup_1.x.eml");
  }

  @Test
  void whatAnotherVersionInThisProcessIsWritingIsLeftAlone() throws Exception {
    Files.writeString(temporary.resolve("letter123.unfinished"), "half a let");

    assertThat(Outbox.open(vertx, temporary)).isNotNull();

    assertThat(names(temporary)).containsExactly("letter123.unfinished");
  }

  private static Future<Void> send(Outbox outbox, String delivery, String text) {
    MailMessage letter =
        new MailMessage().setFrom("a@example.com").setTo("b@example.com").setText(text);
    return outbox.send(delivery, letter, Duration.ofSeconds(10));
  }

  private static Stream<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
