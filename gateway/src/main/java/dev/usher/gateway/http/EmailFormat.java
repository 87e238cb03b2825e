package dev.usher.gateway.http;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;

/** What the payload schema means by {@code "format": "email"}: an address one can write to. */
final class EmailFormat implements Format {

  private static final EmailValidator VALIDATOR =
      JMail.strictValidator()
          .requireTopLevelDomain()
          .disallowExplicitSourceRouting()
          .disallowQuotedIdentifiers()
          .disallowIpDomain();
  private static final char LAST_ASCII = 127;

  @Override
  public String getName() {
    return "email";
  }

  @Override
  public String getMessageKey() {
    return "format";
  }

  @Override
  public boolean matches(ExecutionContext context, String value) {
    return isPlain(value) && VALIDATOR.isValid(value);
  }

  /**
   * Whether nothing in it is unwanted and the local part is ASCII: few mail servers take others
   * (RFC 6531), and a signup must not die of what we accepted.
   */
  private static boolean isPlain(String value) {
    int at = value.lastIndexOf('@');
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (isUnwanted(character) || (i < at && character > LAST_ASCII)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Quotes, comments, brackets and spaces are legal, yet the address then differs from what it
   * shows.
   */
  private static boolean isUnwanted(char character) {
    return "\"(<>".indexOf(character) >= 0 || Character.isWhitespace(character);
  }
}
