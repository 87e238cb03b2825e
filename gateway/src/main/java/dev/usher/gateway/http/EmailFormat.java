package dev.usher.gateway.http;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import com.sanctionco.jmail.Email;
import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.util.Optional;

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
    Optional<Email> email = VALIDATOR.tryParse(value);
    // Comments and other forms that mean a different address than they show are not wanted.
    return email.isPresent() && email.get().toString().equals(value);
  }
}
