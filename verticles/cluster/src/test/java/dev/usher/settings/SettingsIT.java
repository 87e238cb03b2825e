package dev.usher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsIT {

  @TempDir private Path folder;

  @Test
  void theFileIsNamedLikeTheProcess() throws Exception {
    write("sample.yaml", "url: here");

    assertThat(Settings.load("sample", folder, Map.of()).text("url")).isEqualTo("here");
  }

  @Test
  void aFolderThatIsNotThereLeavesTheDefaults() throws Exception {
    Settings settings = Settings.load("sample", folder.resolve("none"), Map.of());

    assertThat(settings.text("url")).isEqualTo("none");
  }

  @Test
  void aSecretMayBeTheContentOfAFile() throws Exception {
    write("password", "geheim\n");
    write("sample.yaml", "smtp: { password: \"file:password\" }");

    assertThat(Settings.load("sample", folder, Map.of()).secret("smtp.password"))
        .contains("geheim");
    assertThat(Settings.load("sample", folder, absolute("password")).secret("smtp.password"))
        .contains("geheim");
  }

  @Test
  void aHandlerMayBeDeployedWithTheFileOfASecret() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "geheim");
    Map<String, String> deployed = Map.of("smtp.password", "file:" + file, "url", "file:" + file);

    Settings settings = Settings.load("sample", folder, Map.of(), deployed);

    assertThat(settings.secret("smtp.password")).contains("geheim");
    assertThat(settings.text("url")).as("is no secret").isEqualTo("file:" + file);
    assertThat(
            Settings.load("nobody", folder, Map.of(), Map.of("key", "file:" + file)).secret("key"))
        .as("in no schema")
        .contains("geheim");
  }

  @Test
  void aSecretFileOfNoUseIsAFault() throws Exception {
    write("empty", " \n");
    write("short", "abc");
    write("long", "x".repeat(100_000));

    assertFault(
        "none",
        "the secret's file "
            + folder.resolve("none")
            + " can't be read;"
            + " write file:/its/path");
    assertFault(
        "empty",
        "the secret's file " + folder.resolve("empty") + " is empty;" + " write the secret to it");
    assertFault(
        "long",
        "the secret's file "
            + folder.resolve("long")
            + " is longer than 64 KiB; write file:/its/path");
    assertFault("short", "the secret is not a password; write four characters or more");
  }

  @Test
  void whatIsNotTextIsRefused() throws IOException {
    Files.write(folder.resolve("sample.yaml"), "url: \u00e9".getBytes(StandardCharsets.ISO_8859_1));

    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> Settings.load("sample", folder, Map.of()))
        .withMessage(folder.resolve("sample.yaml") + " is not UTF-8 text; save it as UTF-8");
  }

  private void assertFault(String file, String message) {
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> Settings.load("sample", folder, absolute(file)))
        .withMessage("USHER_SAMPLE_SMTP_PASSWORD smtp.password: " + message);
  }

  private Map<String, String> absolute(String file) {
    return Map.of("USHER_SAMPLE_SMTP_PASSWORD", "file:" + folder.resolve(file));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }
}
