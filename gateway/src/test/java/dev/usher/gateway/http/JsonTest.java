package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Also notices when another Jackson says things differently. */
class JsonTest {

  private static final String VALUE =
      "expected a value: text in double quotes, a number, true, false, null, { or [.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"a\":ada}~column 9: " + VALUE,
        "{\"a\":}~column 6: " + VALUE,
        "{\"a\":?}~column 6: " + VALUE,
        "{\"a\":+1}~column 7: this is not a number as JSON writes it.",
        "{\"a\":1~column 7: the JSON ends too early, with something left open.",
        "{\"a~column 4: the JSON ends too early, with something left open.",
        "{\"a\":tru~column 9: " + VALUE,
        "{\"a\":[1}~column 8: this bracket closes what was not opened by its like.",
        "{\"a\":1 \"b\":2}~column 8: expected a comma or the closing bracket.",
        "{\"a\" 1}~column 6: expected a colon between key and value.",
        "{'a':1}~column 2: expected a key in double quotes.",
        "{\"a\":1,}~column 8: expected a key in double quotes.",
        "{\"a\":\"b\tc\"}~column 8: a control character in text must be escaped; a line break is \\n.",
        "/*x*/{}~column 1: JSON has no comments.",
        "{\"a\":NaN}~column 9: NaN and Infinity are not numbers in JSON.",
        "{\"a\":-Infinity}~column 15: NaN and Infinity are not numbers in JSON.",
        "{\"a\":01}~column 7: this is not a number as JSON writes it.",
        "{\"a\":1.}~column 7: this is not a number as JSON writes it.",
        "{\"a\":1e}~column 7: this is not a number as JSON writes it.",
        "{} x~column 5: there is more text after the end of the JSON.",
        "{}{}~column 3: there is more text after the end of the JSON.",
        "{\"a\":\"\\x\"}~column 8: after a backslash only \" \\ / b f n r t or u and four hex digits"
            + " may follow.",
        "{\"a\":\"\\u12\"}~column 11: after a backslash only \" \\ / b f n r t or u and four hex"
            + " digits may follow.",
      })
  void aMistakeIsNamedInPlainWordsWithItsPlace(String text, String detail) {
    Problem problem = problem(text);

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.code()).isEqualTo("malformed-json");
    assertThat(problem.detail()).isEqualTo("Line 1, " + detail);
  }

  @Test
  void aNulIsNoSpace() {
    assertThat(problem("{}\0").detail())
        .isEqualTo("Line 1, column 4: there is more text after the end of the JSON.");
    assertThat(problem("{\0}").detail())
        .isEqualTo("Line 1, column 3: a control character is not allowed here.");
  }

  @Test
  void linesAndCharactersAreCountedNotBytes() {
    assertThat(problem("{\"näme\":\"Ädä\",\n \"ö\": ö}").detail()).startsWith("Line 2, column 8: ");
  }

  @Test
  void aKeyMayComeOnlyOnce() {
    assertThat(problem("{\"a\":1,\n\"a\":2}"))
        .extracting(Problem::code, Problem::detail)
        .containsExactly("duplicate-key", "Line 2, column 5: a key comes twice in one object.");
    assertThat(problem("{\"a\":[{\"b\":{},\"b\":{}}]}").code()).isEqualTo("duplicate-key");
  }

  @Test
  void twentyLevelsAreTheMost() {
    assertThat(Json.read("[".repeat(20) + "]".repeat(20)).isArray()).isTrue();
    assertThat(problem("[".repeat(21) + "]".repeat(21)))
        .extracting(Problem::code, Problem::detail)
        .containsExactly("too-deep", "The JSON must not nest deeper than 20.");
    assertThat(problem("[".repeat(60_000)).code()).isEqualTo("too-deep");
  }

  @Test
  void aNumberWithTooManyDigitsIsNotCalledTooDeep() {
    assertThat(problem("{\"a\":" + "9".repeat(1_001) + "}"))
        .extracting(Problem::code, Problem::detail)
        .containsExactly(
            "malformed-json", "A number has more than 1000 digits or a key is far too long.");
  }

  @Test
  void noMessageNamesTheParser() {
    for (String text :
        new String[] {"{", "[1,2", "{\"a\":1}}", "]", "nul", "{\"a\"", "\"\\", "-"}) {
      assertThat(problem(text).detail())
          .doesNotContainIgnoringCase("jackson")
          .doesNotContain("Source", "Feature", "Node", "token", "marker", "code ");
    }
  }

  private static Problem problem(String text) {
    return catchThrowableOfType(Refused.class, () -> Json.read(text)).problem();
  }
}
