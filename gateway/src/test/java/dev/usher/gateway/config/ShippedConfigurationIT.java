package dev.usher.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.AttemptPolicy;
import dev.usher.gateway.pipeline.Retry;
import dev.usher.settings.Setting;
import dev.usher.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds {@code config/} against our loader and against a validator that is not ours. */
class ShippedConfigurationIT {

  private static final Path CONFIG = Path.of("..", "config");
  private static final String BASE = "https://usher.invalid/";

  @Test
  void whatTheGatewaysFileShowsAreTheDefaults() throws Exception {
    assertThat(values(CONFIG)).isEqualTo(values(Path.of("no-such-folder")));
  }

  @Test
  void theShippedActionsAreAWelcomeMailAndASubscription() throws Exception {
    assertThat(ActionsFile.load(CONFIG.resolve("actions.yaml"), Map.of()).all())
        .containsExactly(
            action("welcome-email", true, "signup.email", AttemptPolicy.DEFAULT_TIMEOUT, 256),
            action("subscribe", false, "signup.subscribe", Duration.ofSeconds(10), 64));
  }

  private static Action action(
      String name, boolean required, String address, Duration timeout, int concurrency) {
    return new Action(
        name,
        required,
        name,
        address,
        Optional.empty(),
        Duration.ZERO,
        new AttemptPolicy(timeout, Retry.DEFAULT, concurrency, Optional.empty(), true, false),
        Optional.of(address + ".erased"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "actions"})
  void everyFileFitsItsSchema(String name) throws IOException {
    assertThat(schema(name).validate(read(name + ".yaml"), InputFormat.YAML)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "actions", "cluster"})
  void everySchemaIsOne(String name) throws IOException {
    Schema draft =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    assertThat(draft.validate(read("schema/" + name + ".schema.json"), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gateway|http: { prot: 1 }",
        "gateway|http: { port: 70000 }",
        "gateway|cluster: { bus: { prot: 1 } }",
        "gateway|journal: { url: mysql }",
        "actions|actions: { crm: {} }",
        "actions|actions: { Crm: { address: a } }",
        "actions|actions: { crm: { address: usher.a } }",
        "actions|actions: { crm: { address: a, webhook: b } }",
        "actions|actions: { crm: { webhook: 'https://a', secrets: [ b ] } }",
        "actions|actions: { crm: { webhook: 'https://a' } }",
        "actions|actions: { crm: { address: a, secrets: [ 'file:b' ] } }"
      })
  void anEditorMarksWhatTheLoaderRefuses(String name, String text) throws IOException {
    assertThat(schema(name).validate(text, InputFormat.YAML)).isNotEmpty();
  }

  @Test
  void anEditorTakesAWebhook() throws IOException {
    String text =
        "actions: { crm: { webhook: 'https://crm.example.com/a?b=c', secrets: [ 'file:b' ] } }";
    assertThat(schema("actions").validate(text, InputFormat.YAML)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"username\":\"Ada\",\"email\":\"ada@example.com\",\"subscribe\":{}}|true",
        "{\"username\":\"Ada\"}|false",
        "{\"username\":\"\",\"email\":\"ada@example.com\"}|false",
        "{\"username\":\"Ada\",\"email\":7}|false"
      })
  void aSignupNeedsAUsernameAndAnEmail(String payload, boolean fits) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(read("signup.schema.json"), InputFormat.JSON);

    assertThat(schema.validate(payload, InputFormat.JSON).isEmpty()).isEqualTo(fits);
  }

  private static Map<String, String> values(Path config) throws Exception {
    return Settings.load("gateway", config, Map.of()).values().stream()
        .collect(Collectors.toMap(Setting::key, Setting::value));
  }

  private static Schema schema(String name) throws IOException {
    Map<String, String> others =
        Map.of(
            BASE + "cluster.schema.json", read("schema/cluster.schema.json"),
            BASE + "bridge.schema.json", read("schema/bridge.schema.json"));
    return SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemas(others))
        .getSchema(
            SchemaLocation.of(BASE + name + ".schema.json"),
            read("schema/" + name + ".schema.json"),
            InputFormat.JSON);
  }

  private static String read(String file) throws IOException {
    return Files.readString(CONFIG.resolve(file));
  }
}
