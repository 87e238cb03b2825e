package dev.usher.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {

  @Test
  void nameAndAddressAreRead() {
    Mailbox mailbox = Mailbox.parse("Usher <welcome@example.com>");

    assertThat(mailbox.name()).isEqualTo("Usher");
    assertThat(mailbox.address()).isEqualTo("welcome@example.com");
    assertThat(mailbox.domain()).isEqualTo("example.com");
    assertThat(mailbox.header()).isEqualTo("Usher <welcome@example.com>");
  }

  @Test
  void aBareAddressHasNoName() {
    assertThat(Mailbox.parse(" welcome@example.com ").header()).isEqualTo("welcome@example.com");
  }

  @Test
  void quotesAroundANameAreNotPartOfIt() {
    assertThat(Mailbox.parse("\"Usher, Inc.\" <a@b.de>").header())
        .isEqualTo("\"Usher, Inc.\"\r\n <a@b.de>");
  }

  @Test
  void anInternationalDomainBecomesAscii() {
    assertThat(Mailbox.of("", "zoe@müller.example").address())
        .isEqualTo("zoe@xn--mller-kva.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "@example.com",
        "ada@",
        "a b@example.com",
        "ada@exa mple.com",
        "ada@example.com>\r\nRCPT TO:<eve@example.com",
        "ada@example.com\r\nDATA",
        "ada@example..com",
        ".ada@example.com",
        "zoë@example.com",
        "\"ada\"@example.com",
        "ada(x)@example.com",
        "a@b@example.com",
        "ada,eve@example.com",
        "ada@-example.com",
        "ada@[127.0.0.1]"
      })
  void whatSmtpCannotCarryIsRefusedWithoutBeingQuoted(String address) {
    assertThatThrownBy(() -> Mailbox.of("Ada", address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("e-mail address")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("ada").doesNotContain("eve"));
  }

  @Test
  void longAddressesAreRefused() {
    assertThatThrownBy(() -> Mailbox.of("", "a".repeat(65) + "@example.com"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Mailbox.of("", "a@" + "b23456789.".repeat(26) + "com"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itsTextHoldsNoAddress() {
    assertThat(Mailbox.of("Ada", "ada@example.com")).hasToString("mailbox");
  }
}
