package dev.usher.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is printed on a thread of a handler. */
class OutputTapTest {

  private static final Artefact CRM =
      new Artefact(
          "crm",
          Path.of("copies/crm-1/crm.jar"),
          "0123456789abcdef",
          new Terms(1, "crm#1", "", Map.of(), false));

  private final HandlerLogs logs = new HandlerLogs();
  private OutputTap tap;

  @BeforeEach
  void tap() {
    tap = OutputTap.into(logs);
  }

  @AfterEach
  void close() {
    tap.close();
  }

  @Test
  void itsOutputAndErrorsAreLinesOfItsLog() {
    asHandler(
        thread -> {
          System.out.print("Good");
          System.err.println("no such list");
          System.out.println(" morning");
        });

    assertThat(logs.last("crm", 10))
        .extracting(line -> line.level() + " " + line.text())
        .containsExactly("WARN no such list", "INFO Good morning");
  }

  @Test
  void whatOthersPrintAndWhatIsLoggedIsNot() {
    System.out.println("the runner is ready");
    asHandler(thread -> LoggerFactory.getLogger("crm").warn("logged, and shown on the console"));

    assertThat(logs.last("crm", 10)).isEmpty();
  }

  @Test
  void lineThatDoesNotEndIsCut() {
    asHandler(thread -> System.out.print("x".repeat(20_000)));

    assertThat(logs.last("crm", 10)).extracting(line -> line.text().length()).containsOnly(8_192);
  }

  private static void asHandler(Consumer<Thread> code) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ArtefactLoader.of(CRM, List.of()));
    try {
      code.accept(thread);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
