package dev.usher.gateway.pipeline;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;

/**
 * An e-mail address reduced to what tells one mailbox from another: case, blanks around it and the
 * two ways to write an international domain don't.
 */
final class EmailAddress {

  private EmailAddress() {}

  static String normalised(String address) {
    String text =
        Normalizer.normalize(address.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    int at = text.lastIndexOf('@');
    return at < 0 ? text : text.substring(0, at + 1) + domain(text.substring(at + 1));
  }

  private static String domain(String domain) {
    if (domain.chars().allMatch(one -> one < 128)) {
      return domain;
    }
    try {
      return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException noDomain) {
      return domain;
    }
  }
}
