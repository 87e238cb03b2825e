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
    return value.chars().noneMatch(EmailFormat::isUnwanted) && VALIDATOR.isValid(value);
  }

  /** Quotes, comments and spaces are legal, yet the address then differs from what it shows. */
  private static boolean isUnwanted(int character) {
    return character == '"' || character == '(' || Character.isWhitespace(character);
  }
}
