package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class AttemptLogTest {

  private static final String QUOTES_THE_PERSON = "mailbox of ada@example.com is full";

  private final Logger logger = (Logger) LoggerFactory.getLogger(ActionQueue.class);
  private final Level before = logger.getLevel();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.DEBUG);
  }

  @AfterEach
  void end() {
    logger.detachAppender(log);
    logger.setLevel(before);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"REJECTED", "FAILED"})
  void whatAHandlerSaysIsToldAtDebugOnly(Outcome outcome) {
    AttemptLog.ended(attempt(), new Ending(outcome, QUOTES_THE_PERSON));

    assertThat(told(Level.INFO))
        .containsExactly("signup_1.mail attempt 1 " + outcome.word() + " on mail-1");
    assertThat(told(Level.DEBUG)).singleElement().asString().contains(QUOTES_THE_PERSON);
  }

  @Test
  void whatTheGatewayItselfSaysIsToldAtInfo() {
    AttemptLog.ended(attempt(), new Ending(Outcome.LOST, "the instance died"));

    assertThat(told(Level.INFO))
        .containsExactly("signup_1.mail attempt 1 lost on mail-1: the instance died");
  }

  @Test
  void theResultOfASuccessIsNotTold() {
    AttemptLog.ended(attempt(), new Ending(Outcome.SUCCEEDED, QUOTES_THE_PERSON));

    assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).hasSize(1);
    assertThat(told(Level.DEBUG)).containsExactly("signup_1.mail attempt 1 succeeded");
  }

  private List<String> told(Level level) {
    return log.list.stream()
        .filter(event -> event.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static Attempt attempt() {
    Signup signup = new Signup(1, "signup_1", Instant.EPOCH, new byte[0]);
    Delivery delivery = Delivery.planned(signup, Rig.action("mail")).started(Instant.EPOCH);
    return new Attempt(delivery, () -> "mail-1", Instant.EPOCH, 0, Duration.ofSeconds(1));
  }
}
