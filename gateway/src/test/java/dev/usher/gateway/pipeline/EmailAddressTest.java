package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@bücher.example",
        " Ada@Bücher.Example ",
        "ADA@xn--bcher-kva.example",
        "ada@bu\u0308cher.example"
      })
  void sameMailboxReadsTheSameHoweverItIsWritten(String address) {
    assertThat(EmailAddress.normalised(address)).isEqualTo("ada@xn--bcher-kva.example");
  }

  @Test
  void otherMailboxesStayApart() {
    assertThat(EmailAddress.normalised("ada+news@example.org"))
        .isNotEqualTo(EmailAddress.normalised("ada@example.org"));
  }

  @Test
  void whatIsNoAddressIsTakenAsItIs() {
    assertThat(EmailAddress.normalised("Nobody")).isEqualTo("nobody");
    assertThat(EmailAddress.normalised("a@ü..b")).isEqualTo("a@ü..b");
  }

  @Test
  void fingerprintOfAPersonIsThatOfTheNormalisedAddress() {
    Macs macs = new Macs("secret".getBytes(StandardCharsets.US_ASCII));

    assertThat(macs.ofPerson("Ada@Example.org"))
        .isEqualTo(macs.of(Macs.Purpose.PERSON, "ada@example.org"));
  }
}
