package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErasureApiIT extends WithOpenPorts {

  private static final String SIGNUPS = "/admin/signups";

  @Test
  void signupErasedByItsIdKeepsItsStatesAndNothingElse() throws IOException {
    String id = accepted("ada@example.com");

    assertThat(delete("/" + id + "?dryRun=true").body()).isEqualTo("{\"matched\":1,\"done\":0}");
    assertThat(delete("/" + id).body()).isEqualTo("{\"matched\":1,\"done\":1}");
    assertThat(delete("/" + id).body()).isEqualTo("{\"matched\":1,\"done\":0}");

    Reply history = admin.call("GET", SIGNUPS + "/" + id, AUTHORIZED);
    assertThat(history.json().path("erased").asBoolean()).isTrue();
    assertThat(history.json().has("payload")).isFalse();
    Reply receipt = ports.client().call("GET", "/signups/" + id);
    assertThat(receipt.json().path("state").asText()).isEqualTo("failed");
    assertThat(receipt.json().at("/actions/welcome-email/state").asText()).isEqualTo("cancelled");
    assertThat(texts()).doesNotContain("ada@example.com");
  }

  @Test
  void everySignupOfAPersonIsErasedHoweverTheAddressIsWritten() throws IOException {
    accepted("ada+news@example.com");
    accepted("ADA+news@example.com");
    String other = accepted("bob@example.com");

    assertThat(delete("?email=Ada%2Bnews@Example.COM&dryRun=true").body())
        .isEqualTo("{\"matched\":2,\"done\":0}");
    assertThat(delete("?email=ada+news@example.com").body())
        .isEqualTo("{\"matched\":2,\"done\":2}");
    assertThat(delete("?email=ada+news@example.com").body())
        .isEqualTo("{\"matched\":0,\"done\":0}");
    assertThat(admin.call("GET", SIGNUPS + "/" + other, AUTHORIZED).json().has("payload")).isTrue();
    assertThat(texts().toLowerCase(java.util.Locale.ROOT)).doesNotContain("ada+news");
    assertThat(texts()).contains("bob@example.com");
  }

  @Test
  void whatCanNotBeReadErasesNothing() throws IOException {
    String id = accepted("ada@example.com");

    assertThat(delete("").status()).isEqualTo(400);
    assertThat(delete("?email=%20").status()).isEqualTo(400);
    assertThat(delete("/" + id + "?dryRun=yes").status()).isEqualTo(400);
    assertThat(delete("/signup_nobody").status()).isEqualTo(404);
    assertThat(admin.call("DELETE", SIGNUPS + "/" + id).status()).isEqualTo(401);
    assertThat(admin.call("PUT", SIGNUPS + "/" + id, AUTHORIZED).header("Allow"))
        .isEqualTo("GET, DELETE");
    assertThat(texts()).contains("ada@example.com");
  }

  @Test
  void backupThatCanNotBeRewrittenIsNamed() throws IOException {
    String id = accepted("ada@example.com");
    Path backup = Files.createDirectory(folder.resolve("backups")).resolve("broken.db");
    Files.writeString(backup, "no database");

    Reply reply = delete("/" + id);

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.code()).isEqualTo("not-scrubbed");
    assertThat(reply.detail()).contains("broken.db").contains("delete that file");
    Files.delete(backup);
    assertThat(delete("/" + id).status()).isEqualTo(200);
  }

  private String accepted(String email) throws IOException {
    return ports
        .client()
        .post("{\"username\":\"Ada\",\"email\":\"" + email + "\"}")
        .json()
        .path("id")
        .asText();
  }

  private Reply delete(String what) throws IOException {
    return admin.call("DELETE", SIGNUPS + what, AUTHORIZED);
  }

  private String texts() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
