package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormIT {

  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String ADA = "username=Ada+L%C3%B6&email=ada%2Btest%40example.com";

  @TempDir private Path folder;

  @Test
  void aFormIsASignupWithTextsAndWithoutWhatWasLeftEmpty() throws Exception {
    try (OpenPorts ports = OpenPorts.in(folder)) {
      Reply reply = post(ports, ADA + "&subscribe=on&busy=&note");

      assertThat(reply.status()).isEqualTo(202);
      assertThat(reply.json().path("actions").fieldNames())
          .toIterable()
          .containsExactly("welcome-email", "subscribe");
      assertThat(ports.payloads())
          .containsExactly(
              "{\"username\":\"Ada Lö\",\"email\":\"ada+test@example.com\",\"subscribe\":\"on\"}");
    }
  }

  @Test
  void browsersAreSentToThePagesAndHearCodesOnly() throws Exception {
    try (OpenPorts ports = OpenPorts.in(folder, rules("/welcome", "https://x.example/?a=1#top"))) {
      Reply good = post(ports, ADA);
      Reply bad = post(ports, "username=&email=nonsense");
      Reply twice = post(ports, ADA + "&username=Eve");

      assertThat(good.status()).isEqualTo(303);
      assertThat(good.header("Location")).isEqualTo("/welcome");
      assertThat(good.body()).isEmpty();
      assertThat(bad.status()).isEqualTo(303);
      assertThat(bad.header("Location"))
          .startsWith("https://x.example/?a=1&code=invalid-signup&error=")
          .contains("&error=%2Fusername%3Arequired", "&error=%2Femail%3Aformat")
          .endsWith("#top")
          .doesNotContain("nonsense");
      assertThat(twice.header("Location"))
          .isEqualTo("https://x.example/?a=1&code=repeated-field#top");
      assertThat(ports.accepted()).isEqualTo(1);
    }
  }

  @Test
  void theFailurePageHearsOfNoNameThatTheClientMadeUp() throws Exception {
    String strict = "{\"properties\":{\"a\":{}},\"additionalProperties\":false}";
    try (OpenPorts ports = OpenPorts.in(folder, strict, rules("/", "/again"))) {
      assertThat(post(ports, "ada%40example.com=1").header("Location"))
          .isEqualTo("/again?code=invalid-signup&error=additionalProperties");
    }
  }

  @Test
  void overloadIsToldToBrowsersToo() throws Exception {
    try (OpenPorts ports = OpenPorts.in(folder, rules("/", "/again"))) {
      ports.journal().takeDown();

      assertThat(post(ports, ADA).header("Location")).isEqualTo("/again?code=overloaded");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a=%zz,malformed-form",
    "a=%F,malformed-form",
    "a=%ff%fe,malformed-form",
    "a=ö,malformed-form",
    "'',empty-body",
    "a=1&a=2,repeated-field"
  })
  void whatIsNoFormIsABadRequest(String body, String code) throws Exception {
    try (OpenPorts ports = OpenPorts.in(folder)) {
      Reply reply = post(ports, body);

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.code()).isEqualTo(code);
    }
  }

  @Test
  void aFormMayHaveAnIdempotencyKeyToo() throws Exception {
    try (OpenPorts ports = OpenPorts.in(folder)) {
      Client client = ports.client();
      byte[] body = ADA.getBytes(StandardCharsets.UTF_8);

      assertThat(client.post(body, FORM, "Idempotency-Key: k").header("Location"))
          .isEqualTo(client.post(body, FORM, "Idempotency-Key: k").header("Location"));
    }
  }

  private static IntakeRules rules(String success, String failure) {
    return IntakeRules.of(
        OpenPorts.BODY_LIMIT, new FormPages(Optional.of(success), Optional.of(failure)), List.of());
  }

  private static Reply post(OpenPorts ports, String body) throws IOException {
    return ports.client().post(body.getBytes(StandardCharsets.UTF_8), FORM);
  }
}
