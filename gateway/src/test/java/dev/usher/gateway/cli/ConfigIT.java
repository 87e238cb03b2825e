package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import dev.usher.gateway.cli.fixture.ScriptedGateway;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Actions;
import dev.usher.gateway.pipeline.AttemptPolicy;
import dev.usher.gateway.pipeline.Retry;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigIT {

  private static final Actions ACTIONS =
      new Actions(
          List.of(
              action("welcome-email", true, Retry.DEFAULT),
              tips(),
              action(
                  "crm",
                  false,
                  new Retry(Duration.ofSeconds(1), 1, Duration.ofSeconds(1), Duration.ZERO))));

  @TempDir private Path folder;

  @Test
  void soundConfigurationShowsWhenEachActionGivesUp() {
    Run run =
        new Prompt(folder)
            .onTerminal()
            .checking(config -> ACTIONS)
            .usher("config", "check", "--config", folder.toString());

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("no problems");
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            ACTION         REQUIRED  ADDRESS               STARTS                  WHEN IT KEEPS FAILING
            welcome-email  required  signup.welcome-email  at once                 gives up after 24h (≈117 attempts)
            tips           optional  signup.tips           3d after welcome-email  gives up after 24h (≈117 attempts)
            crm            optional  signup.crm            at once                 gives up after 0s (1 attempt)
            """);
  }

  @Test
  void aConfigurationWithoutAnyActionIsSoundButWarnedOf() {
    Run run =
        new Prompt(folder)
            .onTerminal()
            .checking(config -> new Actions(List.of()))
            .usher("config", "check", "--config", folder.toString());

    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("warning: there is no action", "no problems");
  }

  @Test
  void soundConfigurationIsOneJsonLineAnActionWhenPiped() {
    Run run =
        new Prompt(folder)
            .checking(config -> ACTIONS)
            .usher("config", "check", "--config", folder.toString());

    assertThat(run.out().lines())
        .containsExactly(
            "{\"name\":\"welcome-email\",\"required\":true,\"address\":\"signup.welcome-email\","
                + "\"delay\":\"0s\",\"giveUpAfter\":\"24h\",\"attempts\":117}",
            "{\"name\":\"tips\",\"required\":false,\"address\":\"signup.tips\","
                + "\"after\":\"welcome-email\",\"delay\":\"3d\",\"giveUpAfter\":\"24h\","
                + "\"attempts\":117}",
            "{\"name\":\"crm\",\"required\":false,\"address\":\"signup.crm\","
                + "\"delay\":\"0s\",\"giveUpAfter\":\"0s\",\"attempts\":1}");
  }

  @Test
  void everyProblemIsSaidAndEndsWithOne() {
    Run run =
        new Prompt(folder)
            .checking(ConfigIT::broken)
            .usher("config", "check", "--config", folder.toString());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .containsExactly(
            "config/actions.yaml:14:11 actions.crm.timeout: is no duration",
            "USHER_HTTP_PORT http.port: is no port",
            folder + ": 2 problems");
  }

  @Test
  void anOverrideThatWouldBePutAsideIsAProblemWithTheWayOut() {
    Run run =
        new Prompt(folder)
            .checking(
                new ConfigCheck() {
                  @Override
                  public Actions check(Path config) {
                    return ACTIONS;
                  }

                  @Override
                  public AtStart atStart(Path config, Path data) {
                    assertThat(data).isEqualTo(Path.of("here"));
                    return new AtStart(
                        ACTIONS, List.of(new Aside("crm", "override:crm/after is wrong")));
                  }
                })
            .usher("config", "check", "--config", folder.toString(), "--data", "here");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines())
        .containsExactly(
            "the override of crm does not fit and would be put aside: override:crm/after is"
                + " wrong; edit the file, or take it back with: usher actions reset crm",
            folder + ": 1 problem");
  }

  @Test
  void whatIsOverriddenIsShownAsItIsInForce() {
    Action crm = action("crm", true, Retry.DEFAULT);
    Actions overridden = new Actions(List.of(ACTIONS.all().get(0), tips(), crm));
    Run run =
        new Prompt(folder)
            .checking(
                new ConfigCheck() {
                  @Override
                  public Actions check(Path config) {
                    return ACTIONS;
                  }

                  @Override
                  public AtStart atStart(Path config, Path data) {
                    return new AtStart(overridden, List.of());
                  }
                })
            .usher("config", "check", "--config", folder.toString());

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("{\"name\":\"crm\",\"required\":true,");
    assertThat(run.err().lines())
        .containsExactly("not as the file but as overridden: crm", folder + ": no problems");
  }

  @Test
  void defaultFolderIsTheWorkingFoldersConfig() throws IOException {
    Path config = Files.createDirectories(folder.resolve("config"));

    Run run =
        new Prompt(folder)
            .checking(
                checked -> {
                  assertThat(checked).isEqualTo(config);
                  return ACTIONS;
                })
            .usher("config", "check");

    assertThat(run.exit()).isZero();
  }

  @Test
  void missingFolderEndsWithThree() {
    Run run = new Prompt(folder).usher("config", "check");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("there is no folder").contains("--config DIR");
  }

  @Test
  void settingsInForceAreShownWithTheirOrigin() throws IOException {
    try (ScriptedGateway gateway = new ScriptedGateway()) {
      gateway.answer(
          "GET /admin/config",
          200,
          """
          {"values":[{"key":"http.port","value":"8080","origin":"default","description":"d"},\
          {"key":"cluster.name","value":"zoë","origin":"USHER_CLUSTER_NAME"}]}\
          """);
      Prompt prompt = new Prompt(folder);

      assertThat(prompt.usher("config", "show", "--url", gateway.url()).out().lines())
          .containsExactly(
              "{\"key\":\"http.port\",\"value\":\"8080\",\"origin\":\"default\","
                  + "\"description\":\"d\"}",
              "{\"key\":\"cluster.name\",\"value\":\"zoë\",\"origin\":\"USHER_CLUSTER_NAME\"}");
      assertThat(prompt.onTerminal().usher("config", "show", "--url", gateway.url()).out())
          .isEqualToNormalizingNewlines(
              """
              KEY           VALUE  ORIGIN
              http.port     8080   default
              cluster.name  zoë    USHER_CLUSTER_NAME
              """);
    }
  }

  private static Actions broken(Path config) throws InvalidSettings {
    throw new InvalidSettings(
        List.of(
            new Problem("config/actions.yaml:14:11", "actions.crm.timeout", "is no duration"),
            new Problem("USHER_HTTP_PORT", "http.port", "is no port")));
  }

  private static Action tips() {
    return new Action(
        "tips",
        false,
        "tips",
        "signup.tips",
        Optional.of("welcome-email"),
        Duration.ofDays(3),
        AttemptPolicy.DEFAULT);
  }

  private static Action action(String name, boolean required, Retry retry) {
    return new Action(
        name, required, name, "signup." + name, Duration.ofSeconds(30), retry, 256, true);
  }
}
