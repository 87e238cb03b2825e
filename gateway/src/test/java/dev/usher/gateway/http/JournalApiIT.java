package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reply;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalApiIT {

  private static final String AUTHORIZED = "Authorization: Bearer " + OpenPorts.TOKEN;
  private static final String BACKUPS = "/admin/journal/backups";

  @TempDir private Path folder;
  private OpenPorts ports;
  private Client admin;

  @BeforeEach
  void open() throws Exception {
    ports = OpenPorts.in(folder);
    admin = ports.admin();
  }

  @AfterEach
  void close() throws Exception {
    ports.close();
  }

  @Test
  void numbersAreTold() throws IOException {
    assertThat(admin.call("GET", "/admin/journal", AUTHORIZED).json().path("bytes").asInt())
        .isEqualTo(4096);
  }

  @Test
  void backupBeginsAtOnceAndItsEndIsAskedFor() throws IOException {
    Reply begun = admin.call("POST", BACKUPS, AUTHORIZED);

    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.header("Location")).isEqualTo(BACKUPS + "/journal-1.db");
    assertThat(ports.desk().token()).isEqualTo("local");
    Reply asked = admin.call("GET", begun.header("Location"), AUTHORIZED);
    assertThat(asked.json().path("state").asText()).isEqualTo("running");
  }

  @Test
  void unknownBackupsAndOtherMethodsAreRefused() throws IOException {
    assertThat(admin.call("GET", BACKUPS + "/journal-2.db", AUTHORIZED).status()).isEqualTo(404);
    assertThat(admin.call("GET", BACKUPS, AUTHORIZED).header("Allow")).isEqualTo("POST");
    assertThat(admin.call("POST", BACKUPS).status()).isEqualTo(401);
    assertThat(ports.desk().token()).isEmpty();
  }
}
