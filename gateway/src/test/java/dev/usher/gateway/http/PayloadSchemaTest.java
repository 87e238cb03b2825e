package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadSchemaTest {

  private static final String EMAIL = "must be an email address, such as name@example.com";
  private static final String CONTROL = "must not contain control characters or line breaks";

  private final PayloadSchema shipped = new PayloadSchema(shippedText());

  @Test
  void everyFaultIsNamedAtOnce() {
    assertThat(faults(shipped, "{}"))
        .containsExactly("/username is required", "/email is required");
    assertThat(faults(shipped, "{\"username\":7,\"email\":[]}"))
        .containsExactly("/username must be text", "/email must be text");
    assertThat(faults(shipped, "{\"username\":null,\"email\":\"a@b.co\"}"))
        .containsExactly("/username must be text");
    assertThat(faults(shipped, signup("x".repeat(129), "nobody\\n")))
        .containsExactlyInAnyOrder(
            "/username must be at most 128 characters long",
            "/email " + EMAIL,
            "/email " + CONTROL);
    assertThat(faults(shipped, signup("", "a@b.co")))
        .containsExactly("/username must not be empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\\r\\nBcc: x@y",
        "a\\nb",
        "a\\u0000b",
        "a\\u007f",
        "a\\u0085",
        "a\\u2028b",
        "a\\ud800",
        "\\udc00a",
        "a\\ud800\\ud800b",
        "\\t"
      })
  void whatCouldBreakAMailHeaderIsRefusedWhateverTheSchemaSays(String username) {
    PayloadSchema anything = new PayloadSchema("true");

    assertThat(faults(anything, signup(username, "a@b.co")))
        .containsExactly("/username " + CONTROL);
    assertThat(faults(anything, signup("Ada", username))).containsExactly("/email " + CONTROL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<b>Ada</b><script>alert(1)</script>",
        "😀",
        "\\ud83d\\ude00",
        "Ädä",
        "李小龍",
        "O'Brien",
        "عائشة",
        "a\\u200db",
        "${jndi:ldap://x}",
        "'; DROP TABLE signup; --"
      })
  void namesOfAllKindsAreAccepted(String username) {
    assertThat(faults(shipped, signup(username, "a@b.co"))).isEmpty();
  }

  @Test
  void lengthIsCountedInCharactersNotInHalvesOfThem() {
    assertThat(faults(shipped, signup("😀".repeat(128), "a@b.co"))).isEmpty();
    assertThat(faults(shipped, signup("😀".repeat(129), "a@b.co"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody",
        "@b.co",
        "a@",
        "a@b",
        "a@localhost",
        "a..b@b.co",
        "a b@b.co",
        " a@b.co",
        "a@b.co ",
        "A <a@b.co>",
        "<a@b.co>",
        "jörg@example.de",
        "a@b.co,c@d.co",
        "a@[127.0.0.1]",
        "a@b..co",
        "a(x)@b.co",
        "\\\"a b\\\"@b.co",
        "a@b.co\\r\\nBcc: x@y.co",
        "@c.co:a@b.co",
        "a@-b.co",
        "mailto:a@b.co?cc=x@y.co",
        ""
      })
  void whatIsNoAddressIsRefused(String email) {
    assertThat(faults(shipped, signup("Ada", email))).contains("/email " + EMAIL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@example.com",
        "ada+news@mail.example.co.uk",
        "o'brien@example.com",
        "jorg@exämple.de",
        "a_b-c.d@example.museum",
        "ADA@EXAMPLE.COM"
      })
  void whatIsAnAddressIsAccepted(String email) {
    assertThat(faults(shipped, signup("Ada", email))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"integer\"}|\"secret\"|/x must be a whole number",
        "{\"type\":[\"integer\",\"null\"]}|\"secret\"|/x must be one of [integer, null]",
        "{\"minimum\":18}|7|/x must be at least 18",
        "{\"maximum\":18}|77|/x must be at most 18",
        "{\"exclusiveMinimum\":18}|7|/x must be more than 18",
        "{\"exclusiveMaximum\":18}|77|/x must be less than 18",
        "{\"multipleOf\":5}|7|/x must be a multiple of 5",
        "{\"pattern\":\"^[a-z]+$\"}|\"SECRET\"|/x must match ^[a-z]+$",
        "{\"enum\":[\"a\",\"b\"]}|\"secret\"|/x must be one of [\"a\", \"b\"]",
        "{\"const\":\"a\"}|\"secret\"|/x must be \"a\"",
        "{\"minLength\":9}|\"secret\"|/x must be at least 9 characters long",
        "{\"uniqueItems\":true}|[\"secret\",\"secret\"]|/x must not hold the same value twice",
        "{\"minItems\":2}|[\"secret\"]|/x must have at least 2 items",
        "{\"maxItems\":1}|[\"secret\",1]|/x must have at most 1 items",
        "{\"contains\":{\"type\":\"null\"}}|[\"secret\"]|/x must hold as many fitting items as the schema asks for",
        "{\"minProperties\":2}|{\"secret\":1}|/x must have at least 2 properties",
        "{\"additionalProperties\":false}|{\"a/b\":\"secret\"}|/x/a~1b is not a key that the schema"
            + " knows",
        "{\"unevaluatedProperties\":false}|{\"a\":\"secret\"}|/x/a is not a key that the schema"
            + " knows",
        "{\"dependentRequired\":{\"a\":[\"b\"]}}|{\"a\":\"secret\"}|/x/b is required beside a",
        "{\"required\":[\"b\"]}|{\"a\":\"secret\"}|/x/b is required",
        "{\"not\":{\"type\":\"string\"}}|\"secret\"|/x is not allowed by the schema",
        "false|\"secret\"|/x is not allowed by the schema",
        "{\"format\":\"date\"}|\"secret\"|/x must be a date, such as 2026-01-31",
        "{\"format\":\"uuid\"}|\"secret\"|/x must be a valid uuid",
      })
  void aFaultIsPlainAndNeverHoldsTheValue(String schema, String value, String fault) {
    PayloadSchema own = new PayloadSchema("{\"properties\":{\"x\":" + schema + "}}");

    assertThat(faults(own, "{\"x\":" + value + "}")).containsExactly(fault);
  }

  @Test
  void choicesOfTheSchemaNeverShowTheValue() {
    PayloadSchema own =
        new PayloadSchema(
            "{\"properties\":{\"x\":{\"oneOf\":[{\"const\":1},{\"const\":2}]},"
                + "\"y\":{\"anyOf\":[{\"const\":1},{\"const\":2}]}}}");

    assertThat(faults(own, "{\"x\":\"secret\",\"y\":\"secret\"}"))
        .isNotEmpty()
        .noneMatch(fault -> fault.contains("secret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e999", "-1e999999999", "1e-999999999", "123456789012345678901234567890"})
  void numbersOfAnySizeAreChecked(String number) {
    PayloadSchema own =
        new PayloadSchema(
            "{\"properties\":{\"x\":{\"type\":\"integer\",\"maximum\":150,\"multipleOf\":3}}}");

    Refused refused =
        catchThrowableOfType(
            Refused.class,
            () -> {
              if (!faults(own, "{\"x\":" + number + "}").isEmpty()) {
                throw new Refused(new Problem(422, "faults", ""));
              }
            });
    if (refused != null) {
      assertThat(refused.problem().status()).isEqualTo(422);
    }
  }

  @Test
  void nobodyReadsThousandsOfFaults() {
    PayloadSchema own =
        new PayloadSchema("{\"properties\":{\"x\":{\"items\":{\"type\":\"null\"}}}}");
    String many = IntStream.range(0, 5_000).mapToObj(i -> "1").collect(Collectors.joining(","));

    assertThat(faults(own, "{\"x\":[" + many + "]}")).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "3",
        "{} {}",
        "{\"$ref\":\"#/$defs/missing\"}",
        "{\"type\":\"objekt\"}",
        "{\"properties\":{\"email\":{\"minLength\":-1}}}"
      })
  void whatIsNoSchemaIsSaidAtTheStart(String text) {
    assertThatThrownBy(() -> new PayloadSchema(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a JSON schema: ");
  }

  private static List<String> faults(PayloadSchema schema, String payload) {
    return schema.faults(Json.read(payload)).stream()
        .map(fault -> fault.pointer() + " " + fault.detail())
        .toList();
  }

  private static String signup(String username, String email) {
    return "{\"username\":\"" + username + "\",\"email\":\"" + email + "\"}";
  }

  private static String shippedText() {
    try {
      return Files.readString(Path.of("..", "config", "signup.schema.json"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
