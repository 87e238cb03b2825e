package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.Reply;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JournalApiIT extends WithOpenPorts {

  private static final String BACKUPS = "/admin/journal/backups";

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
