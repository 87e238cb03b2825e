package dev.usher.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.bridge.fixture.Program;
import dev.usher.wire.InstanceState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verticles/python} keeps the contract. */
class PythonHandlerIT extends HandlerContract {

  @Override
  List<String> command() {
    return List.of("python3", "-m", "usher", Program.file("scripted.py"));
  }

  @Override
  String language() {
    return "python";
  }

  @Test
  void itsOwnTestsPass(@TempDir Path folder) {
    List<String> command =
        List.of("python3", "-W", "error", "-m", "unittest", "discover", "-s", "../python/tests");
    Program tests = Program.start(folder.resolve("log"), Map.of(), command);

    assertThat(tests.exitCode()).as(tests.printed()).isZero();
    assertThat(tests.printed()).contains("OK");
  }

  @Test
  void clientOfThePublicProtocolIsAHandlerToo(@TempDir Path folder) {
    client();
    List<String> command =
        List.of("python3", Program.file("stock_client.py"), Integer.toString(client().port()));

    try (Program stock = Program.start(folder.resolve("log"), Map.of(), command)) {
      var instance = gateway.announced(InstanceState.UP);
      gateway.deliver(instance, "{\"username\":\"Ada\"}", DELIVERY);

      assertThat(gateway.outcome().text()).as(stock.printed()).isEqualTo("\"Hello Ada\"");
    }
    assertThat(gateway.announced(InstanceState.DOWN).isIdle()).isTrue();
  }
}
