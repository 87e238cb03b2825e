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
    return value.chars().noneMatch(EmailFormat::isUnwanted)
        && hasPlainLocalPart(value)
        && VALIDATOR.isValid(value);
  }

  /** Few mail servers take others (RFC 6531), and a signup must not die of what we accepted. */
  private static boolean hasPlainLocalPart(String value) {
    return value.chars().limit(Math.max(0, value.lastIndexOf('@'))).allMatch(one -> one < 128);
  }

  /**
   * Quotes, comments, brackets and spaces are legal, yet the address then differs from what it
   * shows.
   */
  private static boolean isUnwanted(int character) {
    return "\"(<>".indexOf(character) >= 0 || Character.isWhitespace(character);
  }
}
