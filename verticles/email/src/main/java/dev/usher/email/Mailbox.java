package dev.usher.email;

import java.net.IDN;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name and an e-mail address that SMTP can carry as it is: ASCII only, the domain in its ASCII
 * form. Messages of its exceptions never hold the address.
 *
 * @param name shown beside the address; may be empty
 * @param local what stands before the @
 * @param domain what stands behind it
 */
record Mailbox(String name, String local, String domain) {

  // RFC 5321, section 4.1.2 (Dot-string); a quoted local part is legal, but nobody has one.
  private static final Pattern LOCAL =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
  private static final Pattern NAMED = Pattern.compile("\\s*(.*?)\\s*<([^<>]*)>\\s*");

  // RFC 5321, section 4.5.3.1
  private static final int MAX_LOCAL = 64;
  private static final int MAX_ADDRESS = 254;

  Mailbox {
    if (HeaderText.hasControls(name)) {
      throw new IllegalArgumentException("a name with a control character");
    }
    if (local.length() > MAX_LOCAL || !LOCAL.matcher(local).matches()) {
      throw new IllegalArgumentException("not an e-mail address that SMTP can carry");
    }
    if (domain.isEmpty() || local.length() + 1 + domain.length() > MAX_ADDRESS) {
      throw new IllegalArgumentException("not an e-mail address");
    }
  }

  /**
   * A name with an address as people write it; an international domain is put into its ASCII form.
   *
   * @throws IllegalArgumentException when that is no address
   */
  static Mailbox of(String name, String address) {
    String trimmed = address.strip();
    int at = trimmed.lastIndexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException("not an e-mail address");
    }
    return new Mailbox(name.strip(), trimmed.substring(0, at), ascii(trimmed.substring(at + 1)));
  }

  /**
   * Reads {@code Name <address>} or a bare address.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static Mailbox parse(String text) {
    Matcher named = NAMED.matcher(text);
    return named.matches() ? of(unquoted(named.group(1)), named.group(2)) : of("", text);
  }

  /** The bare address. */
  String address() {
    return local + "@" + domain;
  }

  /** The value of a From or To header. */
  String header() {
    if (name.isEmpty()) {
      return address();
    }
    String phrase = HeaderText.phrase(name);
    return phrase + (phrase.length() > name.length() ? "\r\n <" : " <") + address() + ">";
  }

  /** Nobody's address: this may end up in a log. */
  @Override
  public String toString() {
    return "mailbox";
  }

  private static String ascii(String domain) {
    try {
      return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // The JDK's message quotes the domain, so it is not passed on.
      throw new IllegalArgumentException("not an e-mail address: its domain is wrong");
    }
  }

  private static String unquoted(String name) {
    boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    return quoted ? name.substring(1, name.length() - 1) : name;
  }
}
