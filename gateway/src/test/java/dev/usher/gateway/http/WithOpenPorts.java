package dev.usher.gateway.http;

import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the two ports as they are shipped, opened afresh for each test. */
abstract class WithOpenPorts {

  static final String AUTHORIZED = "Authorization: Bearer " + OpenPorts.TOKEN;

  @TempDir Path folder;
  OpenPorts ports;
  Client client;
  Client admin;

  @BeforeEach
  void open() throws Exception {
    ports = OpenPorts.in(folder);
    client = ports.client();
    admin = ports.admin();
  }

  @AfterEach
  void close() throws Exception {
    ports.close();
  }
}
