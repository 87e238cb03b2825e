package dev.usher.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HandlerLogsTest {

  private final HandlerLogs logs = new HandlerLogs();

  @Test
  void lastLinesOfAHandlerComeOldestFirst() {
    log("greeter", "one");
    log("greeter", "two");
    log("greeter", "three");
    log("other", "four");

    assertThat(logs.last("greeter", 2)).extracting(LogLine::text).containsExactly("two", "three");
    assertThat(logs.last("nobody", 2)).isEmpty();
  }

  @Test
  void olderLinesMakeRoomForNewerOnes() {
    for (int i = 0; i <= HandlerLogs.MAX_LINES; i++) {
      log("greeter", "line " + i);
    }

    assertThat(logs.last("greeter", Integer.MAX_VALUE))
        .hasSize(HandlerLogs.MAX_LINES)
        .first()
        .satisfies(line -> assertThat(line.text()).isEqualTo("line 1"));
  }

  @Test
  void longLinesMakeRoomEarlier() {
    String half = "x".repeat(HandlerLogs.MAX_LENGTH / 2);
    log("greeter", half);
    log("greeter", half);
    log("greeter", "y");

    assertThat(logs.last("greeter", 3)).extracting(LogLine::text).containsExactly(half, "y");
  }

  @Test
  void forgottenHandlerHasNoLines() {
    log("greeter", "one");

    logs.forget("greeter");

    assertThat(logs.last("greeter", 1)).isEmpty();
  }

  private void log(String handler, String text) {
    logs.add(handler, new LogLine(Instant.EPOCH, 1, "INFO", text));
  }
}
