package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.MadeUpHandlerDesk;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reply;
import dev.usher.gateway.pipeline.HandlerStatus;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandlerApiIT extends WithOpenPorts {

  private static final String CRM = "/admin/handlers/crm";

  /** SHA-256 of "code" as RFC 9530 writes it, and in hexadecimal digits. */
  private static final String DIGEST = "sha-256=:VpTQii5T/8rgwxA+Wtb2B2q9lg6x+KVldwQLwQKPcCs=:";

  @Test
  void aFileIsTakenWithEverythingThatWasSaidOfIt() throws IOException {
    Reply reply =
        put(
            CRM
                + "?file=my%20crm.jar&address=signup.crm2&isolate=true&canary=10"
                + "&set=api.url=https://x/?a=b&set=empty=&secret=api.key=file:/run/key",
            "code",
            "Repr-Digest: " + DIGEST);

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.header("Location")).isEqualTo(CRM);
    assertThat(reply.json().path("number").asInt()).isEqualTo(2);
    assertThat(reply.json().path("state").asText()).isEqualTo("next");
    assertThat(reply.json().path("runners").asInt()).isEqualTo(1);
    assertThat(ports.handlers().files()).containsExactly("code");
    HandlerDesk.Order order = ports.handlers().orders().get(0);
    assertThat(order.file()).isEqualTo("my crm.jar");
    assertThat(order.address()).isEqualTo("signup.crm2");
    assertThat(order.isIsolated()).isTrue();
    assertThat(order.share()).isEqualTo(10);
    assertThat(order.settings())
        .isEqualTo(Map.of("api.url", "https://x/?a=b", "empty", "", "api.key", "file:/run/key"));
    assertThat(order.token()).isEqualTo("local");
    assertThat(order.checksum().orElseThrow()).startsWith("5694d08a").hasSize(64);
  }

  @Test
  void whatIsInForceAlreadyIsAnsweredAsItStands() throws IOException {
    Reply reply = put(CRM + "?file=crm.jar", "code");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("new").asBoolean(true)).isFalse();
  }

  @Test
  void whoServesTheAddressAlreadyIsSaid() throws IOException {
    ports
        .invoker()
        .present(
            List.of(
                new HandlerStatus(
                    "i-1", "old", true, "signup.crm", "n", "1", "", "python", 8, 0, "up")),
            Set.of());
    String warning = "signup.crm is served by old (started by hand) already";

    assertThat(
            put(CRM + "?file=crm.jar&address=signup.crm&canary=10", "x")
                .json()
                .at("/warnings/0")
                .asText())
        .startsWith(warning);
    assertThat(put(CRM + "?file=crm.jar&canary=10", "x").json().at("/warnings/0").asText())
        .as("where it serves so far")
        .startsWith(warning);
    assertThat(
            put(CRM + "?file=crm.jar&address=signup.other&canary=10", "x").json().has("warnings"))
        .isFalse();
    assertThat(admin.call("GET", CRM, AUTHORIZED).json().at("/warnings/0").asText())
        .startsWith(warning);
  }

  @Test
  void everyFaultIsNamedAndNoValueIsRepeated() throws IOException {
    Reply reply =
        put(
            "/admin/handlers/Crm?file=../crm.exe&address=usher.x&isolate=yes&canary=100"
                + "&set=novalue&secret=api.key=hunter2&colour=red&file=b.jar",
            "code");

    assertThat(reply.status()).isEqualTo(422);
    List<String> pointers = reply.json().findValuesAsText("pointer");
    assertThat(pointers)
        .contains(
            "/name", "/file", "/address", "/isolate", "/canary", "/set", "/secret", "/colour");
    assertThat(reply.body())
        .contains(".jar .java .groovy .py .mjs .js", "never the secret itself")
        .doesNotContain("hunter2");
    assertThat(ports.handlers().orders()).isEmpty();
  }

  @Test
  void aFileThatIsTooLongIsRefusedHoweverItComes() throws IOException {
    String tooLong = "x".repeat(MadeUpHandlerDesk.MOST + 1);

    assertThat(put(CRM + "?file=crm.jar", tooLong).status()).isEqualTo(413);
    Reply chunked =
        admin.send(
            head("PUT", CRM + "?file=crm.jar", "Transfer-Encoding: chunked"),
            ("3e9\r\n" + tooLong + "\r\n0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

    assertThat(chunked.status()).isEqualTo(413);
    assertThat(chunked.body()).contains("artefacts.max-bytes");
    OpenPorts.until(() -> ports.handlers().unfinished() == 0);
    assertThat(ports.handlers().orders()).isEmpty();
  }

  @Test
  void aFileThatIsCutOffLeavesNothing() throws IOException {
    try (Socket socket = admin.open()) {
      String head = head("PUT", CRM + "?file=crm.jar", "Content-Length: 1000");
      socket.getOutputStream().write((head + "half").getBytes(StandardCharsets.US_ASCII));
      OpenPorts.until(() -> ports.handlers().unfinished() == 1);
    }

    OpenPorts.until(() -> ports.handlers().unfinished() == 0);
    assertThat(ports.handlers().orders()).isEmpty();
  }

  @Test
  void twoFilesComeAtATimeAndAThirdIsToComeLater() throws IOException {
    String head = head("PUT", CRM + "?file=crm.jar", "Content-Length: 1000");
    try (Socket first = admin.open();
        Socket second = admin.open()) {
      for (Socket socket : List.of(first, second)) {
        socket.getOutputStream().write((head + "half").getBytes(StandardCharsets.US_ASCII));
      }
      OpenPorts.until(() -> ports.handlers().unfinished() == 2);

      Reply third = put(CRM + "?file=crm.jar", "code");

      assertThat(third.status()).isEqualTo(503);
      assertThat(third.header("Retry-After")).isEqualTo("2");
      assertThat(third.json().path("detail").asText()).contains("2 files are on their way already");
    }
    OpenPorts.until(() -> ports.handlers().unfinished() == 0);
    assertThat(put(CRM + "?file=crm.jar", "code").status())
        .as("what was cut off makes room")
        .isEqualTo(200);
  }

  @Test
  void onlyTheRoleDeployChangesHandlers() throws IOException {
    String operate = "Authorization: Bearer " + OpenPorts.OPERATE_TOKEN;

    assertThat(admin.call("PUT", CRM + "?file=crm.jar", operate).status()).isEqualTo(403);
    assertThat(admin.call("DELETE", CRM, operate).status()).isEqualTo(403);
    assertThat(admin.call("POST", CRM + "/promote", operate).status()).isEqualTo(403);
    assertThat(admin.call("GET", CRM, operate).status()).isEqualTo(200);
    assertThat(admin.call("PUT", CRM).status()).isEqualTo(401);
    assertThat(ports.handlers().deeds()).isEmpty();
  }

  @Test
  void whatAPersonSaysOfAHandlerIsDoneInTheNameOfItsToken() throws IOException {
    assertThat(admin.call("POST", CRM + "/promote", AUTHORIZED).status()).isEqualTo(202);
    assertThat(admin.call("POST", CRM + "/rollback", AUTHORIZED).status()).isEqualTo(202);
    assertThat(admin.call("DELETE", CRM, AUTHORIZED).status()).isEqualTo(202);

    assertThat(ports.handlers().deeds())
        .containsExactly("PROMOTE crm local", "ROLLBACK crm local", "UNDEPLOY crm local");
    Reply again = admin.call("DELETE", CRM, AUTHORIZED);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("detail").asText())
        .isEqualTo("Nothing was done: nothing of it is deployed.");
  }

  @Test
  void aHandlerShowsItsVersionsNewestFirstAndWhatEachRunnerSays() throws IOException {
    JsonNode json = admin.call("GET", CRM, AUTHORIZED).json();

    assertThat(json.path("versions").findValuesAsText("number")).containsExactly("2", "1");
    assertThat(json.at("/versions/0/state").asText()).isEqualTo("canary");
    assertThat(json.at("/versions/0/why").asText()).isEqualTo("a reason");
    assertThat(json.at("/versions/1/settings/api.key").asText()).isEqualTo("file:/run/key");
    assertThat(json.at("/runners/0/versions/0/phase").asText()).isEqualTo("serving");
    assertThat(json.at("/runners/0/versions/0/addresses/0").asText()).isEqualTo("signup.crm");
    assertThat(json.at("/runners/1/versions")).isEmpty();
    assertThat(admin.call("GET", "/admin/handlers/none", AUTHORIZED).status()).isEqualTo(404);
  }

  @Test
  void theListOfHandlersHasWhatIsDeployed() throws IOException {
    JsonNode deployed = admin.call("GET", "/admin/handlers", AUTHORIZED).json().path("deployed");

    assertThat(deployed.findValuesAsText("state")).containsExactly("current", "canary");
    assertThat(deployed.get(0).path("serving").asInt()).isEqualTo(1);
    assertThat(deployed.get(0).path("runners").asInt()).isEqualTo(2);
    assertThat(deployed.get(0).at("/addresses/0").asText()).isEqualTo("signup.crm");
  }

  @Test
  void logsAreThoseOfEveryRunnerThatAnswers() throws IOException {
    JsonNode logs = admin.call("GET", CRM + "/logs?lines=5", AUTHORIZED).json();

    assertThat(logs.at("/lines/0/text").asText()).isEqualTo("hello crm");
    assertThat(logs.at("/silent/0").asText()).isEqualTo("host:2");
    assertThat(admin.call("GET", CRM + "/logs?lines=x", AUTHORIZED).status()).isEqualTo(400);
  }

  private Reply put(String path, String body, String... headers) throws IOException {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Length: " + body.length());
    return admin.send(
        head("PUT", path, all.toArray(new String[0])), body.getBytes(StandardCharsets.US_ASCII));
  }

  private static String head(String method, String path, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add(AUTHORIZED);
    all.add("Connection: close");
    return Client.request(method, path, all);
  }
}
