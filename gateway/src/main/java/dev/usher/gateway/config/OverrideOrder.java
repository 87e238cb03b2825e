package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.AuditEntry;
import io.vertx.core.json.JsonObject;

/**
 * What a person wants of an action over what the file says of it.
 *
 * @param deed what is to be done
 * @param action the action's name
 * @param body settings in the form of the file; empty for a reset
 * @param token name of the token it is done with
 * @param reason why, for the audit
 */
public record OverrideOrder(
    Deed deed, String action, JsonObject body, String token, String reason) {

  /** The ways to change an action. */
  public enum Deed {
    /** The body is the whole action, whatever the file says of it. */
    PUT("put-action"),
    /** The body's keys change, null takes a key of an earlier override back. */
    PATCH("change-action"),
    /** The file says again what the action is. */
    RESET("reset-action");

    private final String verb;

    Deed(String verb) {
      this.verb = verb;
    }

    /** The word for it in the audit. */
    String verb() {
      return verb;
    }
  }

  String detail() {
    String what = body.isEmpty() ? action : action + " " + body.encode();
    return AuditEntry.detail(what, reason);
  }
}
