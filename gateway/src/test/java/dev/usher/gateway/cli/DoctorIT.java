package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import dev.usher.gateway.cli.fixture.ScriptedGateway;
import dev.usher.gateway.pipeline.Actions;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Origin;
import dev.usher.settings.Problem;
import dev.usher.settings.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorIT {

  private static final String READY =
      "{\"status\":\"up\",\"journal\":\"up\",\"cluster\":{\"name\":\"usher\",\"members\":2},"
          + "\"config\":\"up\"}";

  @TempDir private Path folder;
  private ScriptedGateway gateway;

  @BeforeEach
  void open() throws IOException {
    gateway = new ScriptedGateway();
    Path data = Files.createDirectories(folder.resolve("data/gateway"));
    Files.writeString(data.resolve("admin.token"), "a-token-of-some-length");
    Files.setPosixFilePermissions(
        data.resolve("admin.token"), PosixFilePermissions.fromString("rw-------"));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void aSoundMachineHasNothingToMend() {
    gateway.answer("GET /health/ready", 200, READY).answer("GET /admin/totals", 200, "{}");

    Run run = doctor(sound(List.of()), "--url", gateway.url());

    assertThat(run.exit()).isZero();
    assertThat(run.out()).containsPattern("ok +gateway").contains("takes writes", "members: 2");
    assertThat(run.out()).doesNotContain("fail");
  }

  @Test
  void journalThatIsGoneNeedsARestart() {
    gateway
        .answer(
            "GET /health/ready", 503, READY.replace("\"journal\":\"up\"", "\"journal\":\"gone\""))
        .answer("GET /admin/totals", 200, "{}");

    Run run = doctor(sound(List.of()), "--url", gateway.url());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("deleted or replaced").contains("start again");
  }

  @Test
  void whatIsWrongIsNamedWithWhatToDo() throws IOException {
    gateway
        .answer(
            "GET /health/ready",
            503,
            READY
                .replace("\"journal\":\"up\"", "\"journal\":\"down\"")
                .replace(
                    "\"config\":\"up\"",
                    "\"config\":\"rejected\",\"overridesAside\":[\"crm\"],"
                        + "\"withoutHandler\":[\"crm\"]"))
        .answer("GET /admin/totals", 401, "{}");
    Path token = folder.resolve("data/gateway/admin.token");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setLastModifiedTime(token, FileTime.from(Instant.now().plusSeconds(3_600)));

    Run run = doctor(faulty(), "--url", gateway.url());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("warn  token file .*→ chmod 600 .*"))
        .anyMatch(line -> line.matches("warn  clock .*→ timedatectl"))
        .anyMatch(line -> line.matches("fail  configuration +actions.yaml:1:1 x: is wrong +→ .*"))
        .anyMatch(line -> line.matches("fail  journal .*"))
        .anyMatch(line -> line.matches("fail  token .*401.*"))
        .anyMatch(line -> line.matches("warn  actions.yaml .*→ usher config check"))
        .anyMatch(line -> line.matches("warn  override .*usher actions reset crm"))
        .anyMatch(line -> line.matches("warn  handlers +nobody performs crm.*"));
  }

  @Test
  void filesOfHandlersThatAreMissingAreNamed() {
    gateway.answer("GET /health/ready", 200, READY).answer("GET /admin/totals", 200, "{}");
    ConfigCheck.Fileless served = new ConfigCheck.Fileless("crm version 3", "crm.jar", true);
    ConfigCheck.Fileless retired = new ConfigCheck.Fileless("crm version 2", "crm.jar", false);

    Run run = doctor(lacking(List.of(served, retired)), "--url", gateway.url());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("fail  artefact .*crm version 3.*→ usher deploy crm.jar.*"))
        .anyMatch(line -> line.matches("warn  artefact .*crm version 2.*no rollback to it.*"));
  }

  @Test
  void withoutAGatewayItsPortsAreTried() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run =
          doctor(
              sound(
                  List.of(
                      setting("http.host", "127.0.0.1"),
                      setting("http.port", String.valueOf(taken.getLocalPort())),
                      setting("cluster.members", "127.0.0.1:" + taken.getLocalPort()))));

      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.out()).contains("fail  gateway", "fail  http.port", "ss -ltnp");
      assertThat(run.out()).contains("ok    member");
      assertThat(run.out()).containsPattern("warn  webhook +of crm: no such name");
    }
  }

  @Test
  void diskSpaceIsJudged() {
    assertThat(Machine.space(1L << 40, folder).verdict()).isEqualTo(Finding.Verdict.OK);
    assertThat(Machine.space(500L << 20, folder).verdict()).isEqualTo(Finding.Verdict.WARN);
    assertThat(Machine.space(1L << 20, folder).verdict()).isEqualTo(Finding.Verdict.FAIL);
  }

  @Test
  void configDiffShowsWhatAFileWouldChange() throws IOException {
    Files.createDirectories(folder.resolve("config"));
    gateway.answer(
        "GET /admin/config",
        200,
        """
        {"values":[{"key":"http.port","value":"8080","origin":"default"},
         {"key":"admin.port","value":"8081","origin":"environment"},
         {"key":"same","value":"1","origin":"file"},
         {"key":"actions.new.address","value":"signup.new","origin":"override"},
         {"key":"actions.new.timeout","value":"30s","origin":"default"},
         {"key":"actions.mail.timeout","value":"30s","origin":"default"}]}
        """);
    gateway.answer(
        "GET /admin/actions",
        200,
        """
        {"actions":[{"name":"new","override":{"whole":true}},
                    {"name":"mail","override":{"whole":true}},
                    {"name":"crm","override":{"whole":false}}]}
        """);
    Prompt prompt =
        new Prompt(folder)
            .onTerminal()
            .checking(
                sound(
                    List.of(
                        setting("http.port", "9090"),
                        setting("admin.port", "1"),
                        setting("same", "1"),
                        setting("actions.mail.timeout", "5s"),
                        setting("actions.mail.after", "crm"),
                        setting("actions.crm.key", "company"))));

    Run run = prompt.usher("config", "diff", "--url", gateway.url());

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            KEY                   IN FORCE    FILE
            http.port             8080        9090     after a restart
            admin.port            8081        1        stays: the environment decides
            actions.new.address   signup.new           stays: the override decides
            actions.mail.timeout  30s         5s       stays: the override decides
            actions.mail.after                crm      stays: the override decides
            actions.crm.key                   company  not taken up: see usher status
            """);
  }

  private Run doctor(ConfigCheck check, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "doctor";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return new Prompt(folder).onTerminal().checking(check).usher(all);
  }

  private static Setting setting(String key, String value) {
    return new Setting(key, value, Origin.FILE, "", "");
  }

  private static ConfigCheck sound(List<Setting> settings) {
    return new ConfigCheck() {
      @Override
      public Actions check(Path config) {
        return new Actions(List.of());
      }

      @Override
      public List<Setting> values(Path config) {
        return settings;
      }

      @Override
      public List<Unreachable> unreachable(Path config) {
        return settings.isEmpty() ? List.of() : List.of(new Unreachable("crm", "no such name"));
      }
    };
  }

  private static ConfigCheck lacking(List<ConfigCheck.Fileless> versions) {
    return new ConfigCheck() {
      @Override
      public Actions check(Path config) {
        return new Actions(List.of());
      }

      @Override
      public List<Fileless> fileless(Path config, Path data) {
        return versions;
      }
    };
  }

  private static ConfigCheck faulty() {
    return config -> {
      throw new InvalidSettings(List.of(new Problem("actions.yaml:1:1", "x", "is wrong")));
    };
  }
}
