package dev.usher.gateway.config;

import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Problem;
import dev.usher.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a signup may carry.
 *
 * @param schema file of the payload's JSON schema
 */
public record SignupSettings(Path schema) {

  private static final String SHIPPED = "signup.schema.json";

  static SignupSettings from(Settings settings, Path config) {
    return new SignupSettings(config.resolve(settings.text("signup.schema")));
  }

  /**
   * The payload's JSON schema. Where nobody has written {@code signup.schema.json} it is the one
   * shipped in the jar.
   *
   * @throws InvalidSettings when the file can't be read, or a file of another name is missing
   */
  public String read() throws InvalidSettings {
    if (Files.exists(schema)) {
      return Settings.text(schema);
    }
    if (schema.endsWith(SHIPPED)) {
      return shipped();
    }
    throw new InvalidSettings(
        List.of(
            new Problem(
                schema.toString(),
                "signup.schema",
                "there is no such file; write a JSON schema to it, or take signup.schema out")));
  }

  private static String shipped() {
    try (InputStream resource = SignupSettings.class.getResourceAsStream("/" + SHIPPED)) {
      if (resource == null) {
        throw new IllegalStateException(SHIPPED + " is missing in the jar");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
