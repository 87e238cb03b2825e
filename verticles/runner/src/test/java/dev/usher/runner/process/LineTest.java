package dev.usher.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class LineTest {

  @Test
  void logsOfPythonAndNodeAreRead() {
    String line =
        """
        {"time": "2026-01-01T00:00:00Z", "level": "WARNING", "logger": "usher", "message": "attempt retry", "attempt": 2, "at": "crm.py:7"}""";

    assertThat(Line.ofErrors(line))
        .isEqualTo(new Line(Level.WARN, "attempt retry attempt=2 at=crm.py:7"));
  }

  @Test
  void logsOfJavaAreRead() {
    assertThat(Line.ofErrors("12:00:01.123 INFO  Crm - connected"))
        .isEqualTo(new Line(Level.INFO, "Crm - connected"));
  }

  @Test
  void whateverElseIsPrintedIsALine() {
    assertThat(Line.ofOutput("Hello")).isEqualTo(new Line(Level.INFO, "Hello"));
    assertThat(Line.ofErrors("ValueError: 1")).isEqualTo(new Line(Level.WARN, "ValueError: 1"));
    assertThat(Line.ofErrors("{\"time\": oh")).isEqualTo(new Line(Level.WARN, "{\"time\": oh"));
    assertThat(Line.ofErrors("{\"time\": 1, \"level\": {}}").level()).isEqualTo(Level.WARN);
  }

  @Test
  void readyLineTellsWhoServesWhere() {
    assertThat(ReadyLine.of("ready handler=crm address=signup.crm serving=1/2 instance=crm-7"))
        .contains(new ReadyLine("crm", "signup.crm", Duration.ZERO, false));
    assertThat(ReadyLine.of("ready handler=crm address=signup.crm serving=1/1 drain=PT7S"))
        .contains(new ReadyLine("crm", "signup.crm", Duration.ofSeconds(7), true));
    assertThat(ReadyLine.of("ready to go")).isEmpty();
    assertThat(ReadyLine.of("reads handler=crm")).isEmpty();
    assertThat(ReadyLine.of("ready handler=crm drain=soon serving=x")).isPresent();
  }
}
