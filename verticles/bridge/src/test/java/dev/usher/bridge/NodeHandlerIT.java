package dev.usher.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.bridge.fixture.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verticles/node} keeps the contract. */
class NodeHandlerIT extends HandlerContract {

  @Override
  List<String> command() {
    return List.of("node", "../node/bin/usher-handler.mjs", Program.file("scripted.mjs"));
  }

  @Override
  String language() {
    return "node";
  }

  @Test
  void itsOwnTestsPass(@TempDir Path folder) {
    List<String> command = List.of("node", "--test", "../node/test/");
    Program tests = Program.start(folder.resolve("log"), Map.of(), command);

    assertThat(tests.exitCode()).as(tests.printed()).isZero();
  }
}
