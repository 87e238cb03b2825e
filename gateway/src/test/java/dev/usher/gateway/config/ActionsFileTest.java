package dev.usher.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.AttemptPolicy;
import dev.usher.gateway.pipeline.Rate;
import dev.usher.gateway.pipeline.Retry;
import dev.usher.gateway.pipeline.Webhook;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Problem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionsFileTest {

  private static final Path FILE = Path.of("config", "actions.yaml");
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir private Path folder;

  @Test
  void anAddressIsEnough() throws InvalidSettings {
    assertThat(parse("actions: { crm: { address: signup.crm } }"))
        .containsExactly(
            new Action(
                "crm",
                false,
                "crm",
                "signup.crm",
                AttemptPolicy.DEFAULT_TIMEOUT,
                Retry.DEFAULT,
                AttemptPolicy.DEFAULT_CONCURRENCY,
                true));
  }

  @Test
  void everyKeyCanBeSetAndTheOrderOfTheFileStays() throws InvalidSettings {
    List<Action> actions =
        parse(
            """
            actions:
              zebra:
                required: true
                key: company
                address: signup.zebra
                timeout: 5s
                retry: { first: 2s, factor: 1.5, max: 1m, giveUpAfter: 2d }
                concurrency: 8
                repeatable: false
              ant: { address: "${BUS:-signup}.ant", key: company }
            """);

    assertThat(actions).extracting(Action::name).containsExactly("zebra", "ant");
    assertThat(actions.get(1).address()).isEqualTo("signup.ant");
    assertThat(actions.get(0))
        .isEqualTo(
            new Action(
                "zebra",
                true,
                "company",
                "signup.zebra",
                Duration.ofSeconds(5),
                new Retry(Duration.ofSeconds(2), 1.5, Duration.ofMinutes(1), Duration.ofDays(2)),
                8,
                false));
  }

  @Test
  void delayRateAndPausedCanBeSet() throws InvalidSettings {
    Action action =
        parse("actions: { crm: { address: a, delay: 3d, rate: 600/m, paused: true } }").get(0);

    assertThat(action.delay()).isEqualTo(Duration.ofDays(3));
    assertThat(action.policy().rate()).contains(new Rate(600, Duration.ofMinutes(1)));
    assertThat(action.policy().isPaused()).isTrue();
  }

  @Test
  void anActionCanComeAfterAnother() throws InvalidSettings {
    List<Action> actions =
        parse("actions: { tips: { address: t, after: mail }, mail: { address: m } }");

    assertThat(actions.get(0).after()).contains("mail");
    assertThat(actions.get(1).after()).isEmpty();
  }

  @Test
  void webhookStandsInPlaceOfAnAddress() throws Exception {
    Path file = folder.resolve("crm.secret");
    Files.writeString(file, SECRET + "\n");

    Action action =
        parse(
                "actions: { crm: { webhook: \"https://CRM.example.com:8443/a/b?c=d\","
                    + " secrets: [ \"file:"
                    + file
                    + "\", "
                    + SECRET
                    + " ] } }")
            .get(0);

    assertThat(action.address()).isEqualTo("https://crm.example.com:8443");
    assertThat(action.webhook())
        .contains(
            new Webhook(
                URI.create("https://CRM.example.com:8443/a/b?c=d"), List.of(SECRET, SECRET)));
  }

  @Test
  void onlyOneOfAddressAndWebhookIsTaken() {
    assertThat(
            faults(
                """
                actions:
                  a: { address: signup.a, webhook: "https://example.com", secrets: [ file:x ] }
                  b: { webhook: "https://example.com" }
                  c: { address: signup.c, secrets: [ %s ] }
                  d: { address: "https://example.com" }
                  e: { webhook: "ftp://example.com", secrets: [ password ] }
                  f: { required: true }
                """
                    .formatted(SECRET)))
        .containsExactly(
            "config/actions.yaml:2:27 actions.a.webhook: stands beside address; write only one of"
                + " address, webhook",
            "config/actions.yaml:2:70 actions.a.secrets: the secret's file "
                + Path.of("config", "x").toAbsolutePath()
                + " can't be read; write file:/its/path",
            "config/actions.yaml:3:8 actions.b.secrets: is missing beside webhook; write [ "
                + "\"file:/run/secrets/crm\" ], a file with whsec_ and 24 to 64 bytes as Base64",
            "config/actions.yaml:4:27 actions.c.webhook: is missing beside secrets; write"
                + " https://crm.example.com/hooks/signup (no user, no #, other letters as %C3%A4)",
            "config/actions.yaml:5:17 actions.d.address: \"https://example.com\" is not an address;"
                + " write signup.email (no spaces, no @, not beginning with usher.)",
            "config/actions.yaml:6:17 actions.e.webhook: \"ftp://example.com\" is not a webhook's"
                + " URL; write https://crm.example.com/hooks/signup (no user, no #, other letters"
                + " as %C3%A4)",
            "config/actions.yaml:6:49 actions.e.secrets: the secret is not a secret of Standard"
                + " Webhooks; write whsec_ and 24 to 64 bytes as Base64, best as"
                + " file:/run/secrets/crm",
            "config/actions.yaml:7:6 actions.f.address: is missing; write signup.email (no spaces,"
                + " no @, not beginning with usher.), or else webhook");
  }

  @Test
  void secretThatCanNotSignIsAFaultThatDoesNotShowIt() {
    assertThat(
            faults(
                "actions: { crm: { webhook: \"https://example.com\","
                    + " secrets: [ whsec_c2hvcnQ= ] } }"))
        .singleElement()
        .asString()
        .startsWith(
            "config/actions.yaml:1:28 actions.crm.webhook: a secret is not whsec_ and, as Base64,"
                + " 24 to 64 bytes; make one with:")
        .doesNotContain("c2hvcnQ=");
  }

  @Test
  void orderThatCanNotWorkIsAFaultWithItsPlace() {
    assertThat(
            faults(
                """
                actions:
                  a: { address: x, after: b }
                  b: { address: x, after: c }
                  c:
                    address: x
                    after: b
                  d: { address: x, after: d }
                  e: { address: x, required: true, after: mail }
                  tips: { address: x, after: mial }
                  mail: { address: x }
                  last: { address: x, after: tips }
                """))
        .containsExactly(
            "config/actions.yaml:3:27 actions.b.after: b after c after b: none of them would ever"
                + " start; take one \"after\" away",
            "config/actions.yaml:6:12 actions.c.after: c after b after c: none of them would ever"
                + " start; take one \"after\" away",
            "config/actions.yaml:7:27 actions.d.after: it waits for itself; write the name of"
                + " another action",
            "config/actions.yaml:8:43 actions.e.after: it is required, but \"mail\" is optional;"
                + " make both required or both optional",
            "config/actions.yaml:9:30 actions.tips.after: there is no action \"mial\"; write the"
                + " name of another action");
  }

  @Test
  void rateThatCanNotBeReadIsAFault() {
    assertThat(faults("actions: { crm: { address: a, rate: 10 per s } }"))
        .containsExactly(
            "config/actions.yaml:1:37 actions.crm.rate: \"10 per s\" is not a rate; write 10/s,"
                + " 600/m or 5000/h");
  }

  @Test
  void allFaultsAreToldAtOnce() {
    assertThat(
            faults(
                """
                actions:
                  Welcome:
                    adress: signup.email
                  crm:
                    webhok: https://crm.example.com
                    address: usher.crm
                    timeout: 5 secs
                    concurrency: 0
                    retry: { first: 1h, factor: 0.5, giveUpAfter: 1 }
                  tips: signup.tips
                  mail:
                    address: a@b
                    retry: { first: 5s, max: 1s }
                    key:
                """))
        .containsExactly(
            "config/actions.yaml:2:3 actions.Welcome: \"Welcome\" is not an action name; write"
                + " welcome-email (lower-case letters, digits and dashes, at most 63)",
            "config/actions.yaml:3:5 actions.Welcome.adress: is not a setting; did you mean"
                + " actions.Welcome.address?",
            "config/actions.yaml:3:5 actions.Welcome.address: is missing; write signup.email"
                + " (no spaces, no @, not beginning with usher.), or else webhook",
            "config/actions.yaml:5:5 actions.crm.webhok: is not a setting; did you mean"
                + " actions.crm.webhook?",
            "config/actions.yaml:6:14 actions.crm.address: \"usher.crm\" is not an address; write"
                + " signup.email (no spaces, no @, not beginning with usher.)",
            "config/actions.yaml:7:14 actions.crm.timeout: \"5 secs\" is not a duration; write 5s"
                + " (100ms..10m)",
            "config/actions.yaml:8:18 actions.crm.concurrency: \"0\" is too small; write 256"
                + " (1..10000)",
            "config/actions.yaml:9:21 actions.crm.retry.max: \"15m\" (the default) is less than"
                + " first, which is 1h; write at least 1h",
            "config/actions.yaml:9:33 actions.crm.retry.factor: \"0.5\" is too small; write 2"
                + " (1..10)",
            "config/actions.yaml:9:51 actions.crm.retry.giveUpAfter: \"1\" is not a duration;"
                + " write 24h (1s..90d)",
            "config/actions.yaml:10:9 actions.tips: is a single value but should be a group; write"
                + " required, key, address, webhook, secrets, erased, timeout, retry, concurrency,"
                + " repeatable, after, delay, rate, paused below it",
            "config/actions.yaml:12:14 actions.mail.address: \"a@b\" is not an address; write"
                + " signup.email (no spaces, no @, not beginning with usher.)",
            "config/actions.yaml:13:30 actions.mail.retry.max: \"1s\" is less than first, which is"
                + " 5s; write at least 5s",
            "config/actions.yaml:14:9 actions.mail.key: has no value; write the name of a JSON key,"
                + " like subscribe, or take the line out");
  }

  @Test
  void aFileMayHaveNoActionButNotBeEmpty() throws InvalidSettings {
    assertThat(parse("actions:\n")).isEmpty();
    assertThat(parse("actions: {}\n")).isEmpty();
    assertThat(faults(""))
        .containsExactly(
            "config/actions.yaml:1:1 actions: is missing; write an action's name and, below it,"
                + " its address");
  }

  @Test
  void aMissingFileIsToldWithThePlaceAndTheOption() {
    Path file = Path.of("no-such-folder", "actions.yaml");

    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> ActionsFile.load(file, Map.of()))
        .withMessage(
            "no-such-folder/actions.yaml there is no such file (looked for %s); start with"
                + " --config DIR, the folder it is in",
            file.toAbsolutePath());
  }

  private static List<Action> parse(String text) throws InvalidSettings {
    return ActionsFile.parse(FILE, text, Map.of()).all();
  }

  private static List<String> faults(String text) {
    InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, () -> parse(text));
    assertThat(invalid).as("actions should be refused").isNotNull();
    return invalid.problems().stream().map(Problem::toString).toList();
  }
}
