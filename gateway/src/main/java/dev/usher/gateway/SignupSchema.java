package dev.usher.gateway;

import dev.usher.gateway.config.SignupSettings;
import dev.usher.gateway.http.PayloadSchema;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Problem;
import java.util.List;

/** Reads the payload's schema; what is wrong with it is told like what is wrong with a setting. */
final class SignupSchema {

  private SignupSchema() {}

  static PayloadSchema load(SignupSettings settings) throws InvalidSettings {
    String text = settings.read();
    try {
      return new PayloadSchema(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettings(
          List.of(new Problem(settings.schema().toString(), "", String.valueOf(e.getMessage()))));
    }
  }
}
