package dev.usher.gateway.cli;

import dev.usher.gateway.cli.fixture.ScriptedGateway;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of commands that a gateway answers as it is told to, in a folder of their own. */
abstract class WithScriptedGateway {

  @TempDir Path folder;
  ScriptedGateway gateway;

  @BeforeEach
  void open() throws IOException {
    gateway = new ScriptedGateway();
  }

  @AfterEach
  void close() {
    gateway.close();
  }
}
