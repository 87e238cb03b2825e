package dev.usher.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Outcome;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAnswerTest {

  private static final Instant NOW = Instant.parse("2026-11-06T08:49:37Z");

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void everyStatusOfSuccessIsOne(int status) {
    assertThat(ending(status, "").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 410, 413, 415, 422})
  void whatWillNeverWorkIsRejected(int status) {
    assertThat(ending(status, "no"))
        .isEqualTo(new Ending(Outcome.REJECTED, "HTTP " + status + ": no"));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 304, 401, 403, 404, 405, 408, 409, 418, 429, 500, 502, 503, 504, 599})
  void anythingElseMeansAnotherAttempt(int status) {
    assertThat(ending(status, "").outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void jsonIsKeptAsItCame() {
    assertThat(ending(200, " {\"a\": 1} ").text()).isEqualTo("{\"a\": 1}");
  }

  @Test
  void otherTextBecomesJson() {
    assertThat(ending(200, "ok\n").text()).isEqualTo("\"ok\"");
  }

  @Test
  void longResultIsCutAndStaysJson() {
    String text = ending(200, "\"\u0001".repeat(4_000)).text();

    assertThat(text.length()).isBetween(Ending.MAX_TEXT_LENGTH / 2, Ending.MAX_TEXT_LENGTH);
    assertThat(Json.decodeValue(text)).asString().startsWith("\"\u0001\"");
  }

  @Test
  void halfAnAnswerIsNoJson() {
    Ending ending = answer(200, MultiMap.caseInsensitiveMultiMap(), "12", false).ending(NOW);

    assertThat(ending.text()).isEqualTo("\"12\"");
  }

  @Test
  void reasonIsOneLine() {
    assertThat(ending(500, "<html>\r\n\t<b>oh\u0000</b>").text())
        .isEqualTo("HTTP 500: <html> <b>oh </b>");
    assertThat(ending(500, "").text()).isEqualTo("HTTP 500");
  }

  @Test
  void redirectSaysThatItIsNotFollowedAndWhereItPoints() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap().add("Location", "https://other.example/secret/path");

    assertThat(answer(302, headers, "", true).ending(NOW).text())
        .isEqualTo("HTTP 302: redirects are not followed, it points to other.example");
    assertThat(ending(301, "").text()).isEqualTo("HTTP 301: redirects are not followed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7|7",
        "0|0",
        "Fri, 06 Nov 2026 08:50:37 GMT|60",
        "Fri, 06 Nov 2026 08:48:37 GMT|0",
        "soon|0",
        "-1|0",
        "99999999999999999999|0"
      })
  void retryAfterIsSecondsOrADate(String value, long seconds) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Retry-After", value);

    assertThat(answer(503, headers, "", true).ending(NOW).retryAfter())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  private static Ending ending(int status, String body) {
    return answer(status, MultiMap.caseInsensitiveMultiMap(), body, true).ending(NOW);
  }

  private static WebhookAnswer answer(int status, MultiMap headers, String body, boolean isWhole) {
    return new WebhookAnswer(status, headers, Buffer.buffer(body), isWhole);
  }
}
