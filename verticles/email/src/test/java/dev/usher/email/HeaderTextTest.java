package dev.usher.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.MimeUtility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nBcc: b@c.de",
        "a\nb",
        "a\rb",
        "a\0b",
        "\u007f",
        "\u0085",
        "\u2028",
        "\u2029"
      })
  void controlCharactersAreRefused(String text) {
    assertThatThrownBy(() -> HeaderText.unstructured(text))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HeaderText.phrase(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void plainTextStaysAsItIs() {
    assertThat(HeaderText.unstructured("Welcome, Ada (50%)")).isEqualTo("Welcome, Ada (50%)");
    assertThat(HeaderText.phrase("Ada Lovelace")).isEqualTo("Ada Lovelace");
  }

  @Test
  void aPhraseWithSpecialsIsQuoted() {
    assertThat(HeaderText.phrase("Ada \"<x@y.z>\" \\ L."))
        .isEqualTo("\"Ada \\\"<x@y.z>\\\" \\\\ L.\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Zoë",
        "Ærøskøbing, 山田太郎",
        "👩‍🚀 Ada 🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀",
        "=?UTF-8?Q?not_meant_so?="
      })
  void otherTextIsEncodedAndReadBackWhole(String text) throws Exception {
    String encoded = HeaderText.unstructured(text);

    assertThat(encoded).matches("[\\x20-\\x7e\r\n]+");
    assertThat(encoded.split("\r\n")).allMatch(line -> line.length() <= 76);
    assertThat(MimeUtility.decodeText(MimeUtility.unfold(encoded))).isEqualTo(text);
  }
}
