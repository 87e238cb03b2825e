package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.usher.gateway.pipeline.Candidate;
import dev.usher.gateway.pipeline.Macs;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignupBodyTest {

  private static final String SIGNUP = "{\"subscribe\":{},\"company\":null}";

  private final Macs macs = new Macs("secret".getBytes(StandardCharsets.US_ASCII));
  private final SignupBody bodies = new SignupBody(new PayloadSchema("{}"), macs);

  @Test
  void thePayloadIsWhatTheClientSentByteForByte() {
    byte[] body = (" " + SIGNUP + "\r\n").getBytes(StandardCharsets.UTF_8);

    assertThat(bodies.read(body).payload()).isSameAs(body);
  }

  @Test
  void aKeyCountsUnlessItsValueIsNull() {
    Candidate candidate = bodies.read(SIGNUP.getBytes(StandardCharsets.UTF_8));

    assertThat(candidate.hasKey().test("subscribe")).isTrue();
    assertThat(candidate.hasKey().test("company")).isFalse();
    assertThat(candidate.hasKey().test("other")).isFalse();
  }

  @Test
  void thePersonIsFoundByTheEmailAddress() {
    Candidate candidate =
        bodies.read("{\"email\":\"Ada@Example.org\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(candidate.fingerprints().person()).isEqualTo(macs.ofPerson("ada@example.org"));
    assertThat(bodies.read(SIGNUP.getBytes(StandardCharsets.UTF_8)).fingerprints().person())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"x\"", "3", "null", "true"})
  void onlyAnObjectIsASignup(String body) {
    assertThat(code(body.getBytes(StandardCharsets.UTF_8))).isEqualTo("not-an-object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\r\n"})
  void anEmptyBodySaysSo(String body) {
    assertThat(code(body.getBytes(StandardCharsets.UTF_8))).isEqualTo("empty-body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
  void noOtherEncodingIsGuessed(String charset) {
    assertThat(code(SIGNUP.getBytes(Charset.forName(charset)))).isIn("not-utf-8", "malformed-json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "c080", "eda080", "f4908080", "e282", "80"})
  void malformedUtf8IsRefused(String hex) {
    byte[] wrong = java.util.HexFormat.of().parseHex(hex);
    byte[] body = "{\"username\":\"    \"}".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(wrong, 0, body, 13, wrong.length);

    assertThat(code(body)).isEqualTo("not-utf-8");
  }

  @Test
  void aByteOrderMarkIsRefusedForHandlersWouldStumbleOverIt() {
    assertThat(code(("\uFEFF" + SIGNUP).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("byte-order-mark");
  }

  private String code(byte[] body) {
    return catchThrowableOfType(Refused.class, () -> bodies.read(body)).problem().code();
  }
}
