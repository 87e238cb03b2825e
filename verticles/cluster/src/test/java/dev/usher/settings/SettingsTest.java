package dev.usher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static final Path FILE = Path.of("config", "sample.yaml");

  @Test
  void withoutFileAndEnvironmentTheDefaultsCount() throws InvalidSettings {
    Settings settings = load("");

    assertThat(settings.text("transport")).isEqualTo("outbox");
    assertThat(settings.find("smtp.host")).isEmpty();
    assertThat(settings.number("smtp.port")).isEqualTo(25);
    assertThat(settings.secret("smtp.password")).isEmpty();
    assertThat(settings.duration("timeout")).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.bytes("buffer")).isEqualTo(65_536);
    assertThat(settings.decimal("factor")).isEqualTo(1.5);
    assertThat(settings.flag("verbose")).isFalse();
    assertThat(settings.list("hosts")).containsExactly("localhost");
    assertThat(settings.text("url")).isEqualTo("none");
    assertThat(settings.text("cluster.name")).isEqualTo("usher");
    assertThat(settings.text("cluster.host")).isEqualTo("127.0.0.1");
    assertThat(settings.text("cluster.port")).isEqualTo("5701-5708");
    assertThat(settings.list("cluster.members")).isEmpty();
    assertThat(settings.find("cluster.public.host")).isEmpty();
    assertThat(settings.number("cluster.bus.port")).isZero();
    assertThat(settings.values()).hasSize(16).allMatch(it -> it.origin() == Origin.DEFAULT);
  }

  @Test
  void everyKeyCanBeSetInTheFile() throws InvalidSettings {
    Settings settings =
        load(
            """
            transport: smtp
            smtp: { host: mail, port: 587, password: geheim }
            timeout: 1m
            buffer: 2KiB
            factor: 3
            verbose: true
            hosts: [ a, b ]
            url: https://example.com
            cluster:
              name: other
              host: 10.0.0.1
              port: 6000
              members: [ "10.0.0.2", "10.0.0.3:5701" ]
              public: { host: 192.0.2.1 }
              bus: { port: 15701 }
            """);

    assertThat(settings.text("transport")).isEqualTo("smtp");
    assertThat(settings.text("smtp.host")).isEqualTo("mail");
    assertThat(settings.number("smtp.port")).isEqualTo(587);
    assertThat(settings.secret("smtp.password")).contains("geheim");
    assertThat(settings.duration("timeout")).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.bytes("buffer")).isEqualTo(2_048);
    assertThat(settings.decimal("factor")).isEqualTo(3);
    assertThat(settings.flag("verbose")).isTrue();
    assertThat(settings.list("hosts")).containsExactly("a", "b");
    assertThat(settings.text("url")).isEqualTo("https://example.com");
    assertThat(settings.text("cluster.name")).isEqualTo("other");
    assertThat(settings.text("cluster.host")).isEqualTo("10.0.0.1");
    assertThat(settings.text("cluster.port")).isEqualTo("6000");
    assertThat(settings.list("cluster.members")).containsExactly("10.0.0.2", "10.0.0.3:5701");
    assertThat(settings.find("cluster.public.host")).contains("192.0.2.1");
    assertThat(settings.number("cluster.bus.port")).isEqualTo(15_701);
    assertThat(settings.values()).allMatch(setting -> setting.origin() == Origin.FILE);
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws InvalidSettings {
    Settings settings =
        load(
            "smtp: { port: 587 }",
            Map.of(
                "USHER_SAMPLE_SMTP_PORT", "2525",
                "USHER_SAMPLE_HOSTS", "a, b,",
                "USHER_SAMPLE_URL", "",
                "USHER_CLUSTER_BUS_PORT", "7",
                "USHER_CLUSTER_PUBLIC_HOST", "192.0.2.1",
                "USHER_CLUSTER_MEMBERS", "a:1,b:2"));

    assertThat(settings.number("smtp.port")).isEqualTo(2525);
    assertThat(settings.list("hosts")).containsExactly("a", "b");
    assertThat(settings.text("url")).as("an empty variable counts as none").isEqualTo("none");
    assertThat(settings.number("cluster.bus.port")).isEqualTo(7);
    assertThat(settings.text("cluster.public.host")).isEqualTo("192.0.2.1");
    assertThat(settings.list("cluster.members")).containsExactly("a:1", "b:2");
    assertThat(settings.values())
        .contains(
            new Setting(
                "smtp.port", "2525", Origin.ENVIRONMENT, "USHER_SAMPLE_SMTP_PORT", "Its port."));
  }

  @Test
  void allFaultsAreToldAtOnceInTheOrderOfTheFile() {
    assertThat(
            faults(
                """
                transport: smtpp
                smtp:
                  hsot: mail
                  port: 70000
                  password: abc
                timeout: 5 secs
                buffer: 2MiB
                factor: much
                verbose: yes
                hosts: [ ok, "not ok" ]
                url:
                smtp.port: 1
                timeout: 1s
                """,
                Map.of("USHER_SAMPLE_FACTOR", "0.5", "USHER_CLUSTER_PORT", "5708-5701")))
        .containsExactly(
            "config/sample.yaml:1:12 transport: \"smtpp\" is not one of outbox, smtp;"
                + " did you mean smtp?",
            "config/sample.yaml:3:3 smtp.hsot: is not a setting; did you mean smtp.host?",
            "config/sample.yaml:4:9 smtp.port: \"70000\" is too large; write 587 (1..65535)",
            "config/sample.yaml:5:13 smtp.password: the secret is not a password;"
                + " write four characters or more",
            "config/sample.yaml:6:10 timeout: \"5 secs\" is not a duration;"
                + " write 5s (100ms..10m)",
            "config/sample.yaml:7:9 buffer: \"2MiB\" is too large; write 64KiB (1KiB..1MiB)",
            "config/sample.yaml:8:9 factor: \"much\" is not a number; write 2 (1..)",
            "config/sample.yaml:9:10 verbose: \"yes\" is not true or false; write true or false",
            "config/sample.yaml:10:14 hosts: \"not ok\" is not a host; write example.com",
            "config/sample.yaml:11:5 url: has no value; write none, or take the line out",
            "config/sample.yaml:12:1 smtp.port: is written in one; write smtp: and below it port:",
            "config/sample.yaml:13:1 timeout: is written twice, first in line 6; leave one out",
            "USHER_CLUSTER_PORT cluster.port: \"5708-5701\" is not a port or a range of ports;"
                + " write 5701, 5701-5708 or 0",
            "USHER_SAMPLE_FACTOR factor: \"0.5\" is too small; write 2 (1..)");
  }

  @Test
  void whatHasTheWrongShapeIsToldSo() {
    assertThat(faults("smtp: 25\ntimeout: { a: 1 }\nurl: [ a ]\nhosts: [ [ a ] ]\ncluster: []"))
        .containsExactly(
            "config/sample.yaml:1:7 smtp: is a single value but should be a group;"
                + " write host, port, password below it",
            "config/sample.yaml:2:10 timeout: is a group but should be one value; write 5s",
            "config/sample.yaml:3:6 url: is a list but should be one value; write none",
            "config/sample.yaml:4:10 hosts: is no single value; write [ example.com ]",
            "config/sample.yaml:5:10 cluster: is a list but should be a group;"
                + " write name, host, port, members, public, bus below it");
  }

  @Test
  void anUnknownKeyThatIsNearNothingIsAnsweredWithTheKnownOnes() {
    assertThat(faults("smtp: { encryption: none }"))
        .containsExactly(
            "config/sample.yaml:1:9 smtp.encryption: is not a setting;"
                + " known here: host, port, password");
  }

  @Test
  void whatIsNotYamlIsToldInOneSentence() {
    assertThat(faults("timeout: 1s\nurl: a: b\n"))
        .containsExactly(
            "config/sample.yaml:2:7 a second colon in this line, or wrong indentation;"
                + " put the value in quotes");
    assertThat(faults("smtp:\n\thost: a\n"))
        .containsExactly("config/sample.yaml:2:1 a tab stands here; indent with spaces");
    assertThat(faults("hosts: [ a, b\n"))
        .singleElement()
        .asString()
        .startsWith("config/sample.yaml:2:1 not YAML: expected ',' or ']'")
        .doesNotContain("\n");
    assertThat(faults("url: \u0007\n"))
        .containsExactly("config/sample.yaml has the control character U+0007; take it out");
    assertThat(faults("- a\n"))
        .singleElement()
        .asString()
        .startsWith("config/sample.yaml:1:1 is a list but should be a group");
    assertThat(faults("hosts: &all [ *all ]"))
        .contains("config/sample.yaml:1:8 hosts: contains itself; write the value out");
  }

  @Test
  void referencesToTheEnvironmentAreReplacedAndTyped() throws InvalidSettings {
    Settings settings =
        load(
            """
            smtp: { port: "${PORT}", host: "${HOST:-fallback}" }
            timeout: ${TIMEOUT:-1m}
            verbose: ${VERBOSE}
            hosts: ${HOSTS}
            url: https://${HOST:-h}:${PORT}/$${x}
            buffer: ${NOTHING:-}
            """,
            Map.of("PORT", "2525", "HOST", "", "VERBOSE", "true", "HOSTS", "a,b"));

    assertThat(settings.number("smtp.port")).isEqualTo(2525);
    assertThat(settings.text("smtp.host")).isEqualTo("fallback");
    assertThat(settings.duration("timeout")).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.flag("verbose")).isTrue();
    assertThat(settings.list("hosts")).containsExactly("a", "b");
    assertThat(settings.text("url")).isEqualTo("https://h:2525/${x}");
    assertThat(settings.text("buffer")).as("nothing leaves the default").isEqualTo("64KiB");
  }

  @Test
  void aReferenceToNothingIsAFault() {
    assertThat(
            faults("url: ${NO_SUCH}\ntimeout: ${T}\ntransport: ${broken\n", Map.of("T", "5 secs")))
        .contains(
            "config/sample.yaml:1:6 url: the environment has no NO_SUCH; set it, or write"
                + " ${NO_SUCH:-default}",
            "config/sample.yaml:2:10 timeout: \"5 secs\" (from ${T}) is not a duration;"
                + " write 5s (100ms..10m)",
            "config/sample.yaml:3:12 transport: \"${\" begins no reference; write ${NAME} or"
                + " ${NAME:-default}, or $${ for ${");
  }

  @Test
  void secretsAreShownNowhere() throws InvalidSettings {
    Settings settings =
        load(
            "smtp: { password: geheim }\nurl: https://me:geheim@example.com/",
            Map.of("USHER_CLUSTER_NAME", "it"));

    assertThat(settings.toString()).doesNotContain("geheim").contains("https://***@example.com/");
    assertThat(settings.values())
        .filteredOn(setting -> setting.key().equals("smtp.password"))
        .extracting(Setting::value)
        .containsExactly("(secret)");
    assertThat(faults("", Map.of("USHER_SAMPLE_SMTP_PASSWORD", "xyz")))
        .containsExactly(
            "USHER_SAMPLE_SMTP_PASSWORD smtp.password: the secret is not a password;"
                + " write four characters or more");
  }

  @Test
  void aVariableThatSetsNothingIsAWarning() throws InvalidSettings {
    Settings settings =
        load(
            "",
            Map.of(
                "USHER_SAMPLE_SMPT_HOST", "mail",
                "USHER_SAMPLE_COLOUR", "red",
                "USHER_CLUSTER_NMAE", "x",
                "USHER_EMAIL_FROM", "x",
                "USHER_LOG_LEVEL", "DEBUG",
                "PATH", "/bin"));

    assertThat(settings.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "USHER_CLUSTER_NMAE is not a setting; did you mean USHER_CLUSTER_NAME?",
            "USHER_SAMPLE_COLOUR is not a setting and has no effect",
            "USHER_SAMPLE_SMPT_HOST is not a setting; did you mean USHER_SAMPLE_SMTP_HOST?");
  }

  @Test
  void aProcessWithoutSchemaMayHaveAnyKey() throws InvalidSettings {
    Settings settings =
        Settings.load(
            "my-handler",
            Path.of("config", "my-handler.yaml"),
            "a: { b: 5s, c: [ x, y ] }\ncluster: { name: it }",
            Map.of("USHER_MY_HANDLER_D_E", "7", "USHER_MY_HANDLER_A_B", "6s"));

    assertThat(settings.duration("a.b")).isEqualTo(Duration.ofSeconds(6));
    assertThat(settings.list("a.c")).containsExactly("x", "y");
    assertThat(settings.number("d.e")).isEqualTo(7);
    assertThat(settings.text("cluster.name")).isEqualTo("it");
    assertThat(settings.find("none")).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.number("a.c"))
        .withMessage("a.c: \"x,y\" is not a whole number");
  }

  @Test
  void askingForWhatIsInNoSchemaIsAnErrorOfTheProgram() throws InvalidSettings {
    Settings settings = load("");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.find("smtp.hsot"))
        .withMessage("smtp.hsot is in no schema");
    assertThatIllegalArgumentException().isThrownBy(() -> settings.secret("url"));
    assertThat(catchThrowableOfType(NoSuchElementException.class, () -> settings.text("smtp.host")))
        .hasMessage("smtp.host is not set");
  }

  private static Settings load(String text) throws InvalidSettings {
    return load(text, Map.of());
  }

  private static Settings load(String text, Map<String, String> environment)
      throws InvalidSettings {
    return Settings.load("sample", FILE, text, environment);
  }

  private static List<String> faults(String text) {
    return faults(text, Map.of());
  }

  private static List<String> faults(String text, Map<String, String> environment) {
    InvalidSettings invalid =
        catchThrowableOfType(InvalidSettings.class, () -> load(text, environment));
    assertThat(invalid).as("settings should be refused").isNotNull();
    return invalid.problems().stream().map(Problem::toString).toList();
  }
}
