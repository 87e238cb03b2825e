package dev.usher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeployedValuesTest {

  private static final Path NOWHERE = Path.of("no", "such", "folder");

  @Test
  void winOverTheEnvironment() throws InvalidSettings {
    Settings settings =
        load(
            "sample",
            Map.of("USHER_SAMPLE_URL", "variable", "USHER_SAMPLE_TIMEOUT", "3s"),
            Map.of("url", "deployed", "hosts", "a,b"));

    assertThat(settings.text("url")).isEqualTo("deployed");
    assertThat(settings.list("hosts")).containsExactly("a", "b");
    assertThat(settings.text("timeout")).as("not deployed").isEqualTo("3s");
  }

  @Test
  void areCheckedByTheSchemaLikeAnyOther() {
    assertFault(
        "timeout", "soon", "--set timeout: \"soon\" is not a duration; write 5s (100ms..10m)");
    assertFault("ur", "x", "--set ur: is not a setting; did you mean url?");
  }

  @Test
  void secretIsReadFromTheEnvironmentThatItsReferenceNames() throws InvalidSettings {
    Settings settings =
        load(
            "sample",
            Map.of("MAIL_PASSWORD", "geheim"),
            Map.of("smtp.password", "env:MAIL_PASSWORD"));

    assertThat(settings.secret("smtp.password")).contains("geheim");
    assertThat(settings.toString()).doesNotContain("geheim");
    assertFault(
        "smtp.password",
        "env:NOT_THERE",
        "--secret smtp.password: the environment has no NOT_THERE; set it");
  }

  @Test
  void secretItselfIsRefusedAndNotRepeated() {
    assertFault(
        "smtp.password",
        "geheim",
        "--set smtp.password: is a secret, and what is set is kept for every operator to see; write"
            + " --secret smtp.password=file:PATH or env:NAME, and change the secret if that was"
            + " it");
  }

  @Test
  void textOfAKeyThatIsNoSecretIsNoReference() throws InvalidSettings {
    Settings settings = load("sample", Map.of("HOME", "/root"), Map.of("url", "env:HOME"));

    assertThat(settings.text("url")).isEqualTo("env:HOME");
  }

  @Test
  void handlerWithoutASchemaTakesAnyKeyAndFollowsReferences() throws InvalidSettings {
    Settings settings =
        load(
            "nobody",
            Map.of("KEY", "geheim", "USHER_NOBODY_GREETING", "variable"),
            Map.of("greeting", "deployed", "api.key", "env:KEY"));

    assertThat(settings.text("greeting")).isEqualTo("deployed");
    assertThat(settings.secret("api.key")).contains("geheim");
    assertThat(settings.toString()).doesNotContain("geheim");
  }

  private static Settings load(
      String name, Map<String, String> environment, Map<String, String> deployed)
      throws InvalidSettings {
    return Settings.load(name, NOWHERE, environment, deployed);
  }

  private static void assertFault(String key, String text, String message) {
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> load("sample", Map.of(), Map.of(key, text)))
        .withMessage(message);
  }
}
