package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import dev.usher.gateway.cli.fixture.ScriptedGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingTheGatewayIT {

  private static final String CONFIG = "GET /admin/config";

  @TempDir private Path folder;
  private ScriptedGateway gateway;

  @BeforeEach
  void start() throws IOException {
    gateway = new ScriptedGateway().answer(CONFIG, 200, "{\"values\":[]}");
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void whatTheGatewayWroteDownIsFoundWithItsToken() throws IOException {
    record(folder, gateway.url(), "local-token");

    Run run = new Prompt(folder).usher("config", "show");

    assertThat(run).isEqualTo(new Run(0, "", ""));
    assertThat(authorization()).contains("Bearer local-token");
  }

  @Test
  void dataOptionWinsOverTheVariableAndTheWorkingFolder() throws IOException {
    Path other = folder.resolve("other");
    record(other, gateway.url(), "other-token");

    Run run =
        new Prompt(folder)
            .with("USHER_URL", "http://127.0.0.1:1")
            .usher("config", "show", "--data", other.resolve("data").toString());

    assertThat(run.exit()).isZero();
    assertThat(authorization()).contains("Bearer other-token");
  }

  @Test
  void installationIsLookedIntoWhereTheWorkingFolderHasNothing() throws IOException {
    Path home = folder.resolve("home");
    record(home, gateway.url(), "home-token");

    Run run = new Prompt(folder.resolve("work"), Optional.of(home)).usher("config", "show");

    assertThat(run.exit()).isZero();
    assertThat(authorization()).contains("Bearer home-token");
  }

  @Test
  void tokenFileWinsOverTokenVariableWinsOverLocalToken() throws IOException {
    record(folder, gateway.url(), "local-token");
    Path file = Files.writeString(folder.resolve("token"), "file-token\n");
    Prompt prompt = new Prompt(folder).with("USHER_TOKEN", "variable-token");

    prompt.usher("config", "show");
    assertThat(authorization()).contains("Bearer variable-token");
    prompt.usher("config", "show", "--token-file", file.toString());
    assertThat(authorization()).contains("Bearer file-token");
  }

  @Test
  void onlyLoopbackCountsAsThisMachine() throws CommandFailed {
    Endpoint elsewhere = Endpoint.named("https://usher.example.com", "--url");

    assertThat(elsewhere.isLoopback()).isFalse();
    assertThat(Endpoint.named("http://127.0.0.1.example.com", "--url").isLoopback()).isFalse();
    assertThat(Endpoint.named("http://127.0.0.1:8081/", "--url").isLoopback()).isTrue();
  }

  @Test
  void missingEndpointsFileEndsWithFiveAndSaysHowToStartOne() {
    Run run = new Prompt(folder).usher("config", "show");

    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err())
        .contains("endpoints.json")
        .contains("java -jar gateway/target/usher-gateway.jar");
  }

  @Test
  void staleEndpointsFileEndsWithFiveAndNamesItsWriter() throws IOException {
    record(folder, "http://127.0.0.1:" + closedPort(), "t");

    Run run = new Prompt(folder).usher("config", "show");

    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err())
        .contains("no gateway answers at http://127.0.0.1:")
        .contains("endpoints.json, written by process 2147483647, which no longer runs here")
        .contains("start one with");
  }

  @Test
  void unreadableEndpointsFileEndsWithFive() throws IOException {
    record(folder, gateway.url(), "t");
    Files.writeString(folder.resolve("data/gateway/endpoints.json"), "{\"pid\":");

    assertThat(new Prompt(folder).usher("config", "show").exit()).isEqualTo(5);
  }

  @Test
  void urlThatIsNoneEndsWithTwo() {
    Run run = new Prompt(folder).usher("config", "show", "--url", "localhost:8081");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--url: \"localhost:8081\" is not the URL of a gateway");
  }

  @Test
  void refusedTokenEndsWithFourAndIsNotPrinted() throws IOException {
    gateway.answer("GET /admin/totals", 401, "");
    gateway.answer("GET /health/ready", 200, "{\"status\":\"up\"}");

    Run run =
        new Prompt(folder).with("USHER_TOKEN", "s3cret").usher("status", "--url", gateway.url());

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("token from USHER_TOKEN").doesNotContain("s3cret");
  }

  private Optional<String> authorization() {
    return gateway.requests().get(gateway.requests().size() - 1).header("Authorization");
  }

  private static void record(Path home, String admin, String token) throws IOException {
    Path kept = Files.createDirectories(home.resolve("data/gateway"));
    Files.writeString(
        kept.resolve("endpoints.json"),
        "{\"pid\":2147483647,\"public\":\"http://127.0.0.1:1\",\"admin\":\"%s\"}".formatted(admin));
    Files.writeString(kept.resolve("admin.token"), token + "\n");
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
