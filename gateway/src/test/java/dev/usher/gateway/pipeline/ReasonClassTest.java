package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonClassTest {

  private static final String[] PIECES = {
    "a",
    "Ann",
    "'",
    "\"",
    "<",
    ">",
    "`",
    "*",
    "=",
    ":",
    ",",
    ".",
    "-",
    "@",
    "/",
    "{",
    "}",
    " ",
    "  ",
    "\n",
    "450",
    "550-",
    "5.1.1",
    "17",
    "HTTP/1.1",
    "status",
    "ms",
    "deadbeef",
    "can't",
    "“",
    "”",
    "«",
    "»",
    "x=",
    "code=",
    "http://",
    "…",
    "ä",
    "\uD83D\uDE00"
  };

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          450 mailbox of ann@x.org busy, try after 17 s | 450 mailbox of * busy, try after * s
          550 5.1.1 <ann@x.org>: Recipient address rejected: User unknown in virtual mailbox table | 550 5.1.1 *: Recipient address rejected: User unknown in virtual mailbox table
          550-5.1.1 The email account that you tried to reach does not exist. d2e1a72-7d3.12 - gsmtp | 550 5.1.1 The email account that you tried to reach does not exist. * - gsmtp
          recipient address not accepted: 550 no such user | recipient address not accepted: 550 no such user
          the SMTP server answered 451 4.7.1 to the recipient | the SMTP server answered 451 4.7.1 to the recipient
          421 4.4.5 mx7.example.org Service not available, closing transmission channel | 421 4.4.5 * Service not available, closing transmission channel
          Connection refused: mail.example.org/10.0.0.1:25 | Connection refused: *
          Connection refused | Connection refused
          HTTP 503 from https://crm.example.com/hooks/signup after 312 ms | HTTP 503 from * after * ms
          HTTP/1.1 404 Not Found | HTTP/1.1 404 Not Found
          status=500 id=8f14e45f-ceea-467f-9575-3b2b7bb32d0d | status=500 id=*
          no answer within 30000 ms | no answer within * ms
          the attempt took: 450 ms | the attempt took: * ms
          java.net.UnknownHostException: Failed to resolve 'smtp.example.org' [A(1)] after 2 queries | java.net.UnknownHostException: Failed to resolve * after * queries
          java.lang.NullPointerException: Cannot invoke "String.length()" because "name" is null | java.lang.NullPointerException: Cannot invoke * because * is null
          com.example.Member@6b884d57 can't be stored | * can't be stored
          duplicate key value violates unique constraint "member_pkey" Detail: Key (id)=(42) already exists. | duplicate key value violates unique constraint * Detail: Key (id)=* already exists.
          welcome-email is dead | welcome-email is dead
          the instance died | the instance died
          list 'Ann's friends' isn't there | list * isn't there
          rate limit: deadbeefcafe may try again at 2026-01-31T12:00:00Z | rate limit: * may try again at *
          sending to ann@x.org, bob@x.org failed | sending to *, * failed
          * * gone | * gone
          HTTP/1.1-x 450 gone | * gone
          """)
  void whatVariesIsTakenOut(String reason, String common) {
    assertThat(new ReasonClass(reason).text()).isEqualTo(common);
  }

  @Test
  void linesAndControlsAreBlanks() {
    assertThat(new ReasonClass(" down\r\n\tfor\u0000 now ").text()).isEqualTo("down for now");
  }

  @Test
  void withoutAReasonThereIsAClassAllTheSame() {
    assertThat(new ReasonClass("")).isEqualTo(new ReasonClass("no reason"));
    assertThat(new ReasonClass(" \n").text()).isEqualTo("no reason");
  }

  @Test
  void aLongOneIsCutBetweenCharacters() {
    for (int length = 100; length < 130; length++) {
      String text = new ReasonClass("a".repeat(length) + "\uD83D\uDE00".repeat(300)).text();
      assertThat(text).hasSizeBetween(118, 120).endsWith("…");
      assertThat(text.codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }
  }

  @Test
  void thousandsOfTheSameKindAreOneClass() {
    assertThat(
            IntStream.range(0, 5_000)
                .mapToObj(n -> "450 mailbox of p" + n + "@x.org busy, try after " + n + " s")
                .map(ReasonClass::new)
                .distinct())
        .hasSize(1);
  }

  @Test
  void theClassOfAClassIsThatClass() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      String reason =
          random
              .ints(1 + random.nextInt(60), 0, PIECES.length)
              .mapToObj(i -> PIECES[i])
              .collect(Collectors.joining());
      ReasonClass once = new ReasonClass(reason);
      assertThat(new ReasonClass(once.text())).as("seed %d: %s", seed, reason).isEqualTo(once);
    }
  }

  @Test
  void theMarkIsTheSameForTheSameClassAndHasNothingOfTheText() {
    ReasonClass one = new ReasonClass("user Ann Lovelace is unknown");

    assertThat(one.mark()).isEqualTo(new ReasonClass(one.text()).mark()).matches("[0-9a-f]{8}");
    assertThat(one.mark()).isNotEqualTo(new ReasonClass("user Bob is unknown").mark());
  }
}
