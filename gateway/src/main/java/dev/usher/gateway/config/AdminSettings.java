package dev.usher.gateway.config;

import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Problem;
import dev.usher.settings.Setting;
import dev.usher.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The admin port.
 *
 * @param host interface to listen on
 * @param port 0 takes a free one
 * @param token what calls may carry to do everything; without one the gateway makes its own
 * @param tokens more of them, with less rights
 */
public record AdminSettings(String host, int port, Optional<String> token, List<Named> tokens) {

  private static final String TOKENS = "admin.tokens";

  /**
   * A token of somebody.
   *
   * @param name what the audit calls them
   * @param role {@code view}, {@code operate} or {@code deploy}
   * @param token the token itself
   */
  public record Named(String name, String role, String token) {

    /** Without the token. */
    @Override
    public String toString() {
      return name + " may " + role;
    }
  }

  static AdminSettings from(Settings settings) throws InvalidSettings {
    Optional<String> token = settings.secret("admin.token");
    List<Named> tokens =
        settings.names(TOKENS).stream()
            .map(number -> named(settings, TOKENS + "." + number))
            .toList();
    refuseDoubles(settings, token, tokens);
    return new AdminSettings(
        settings.text("admin.host"), settings.number("admin.port"), token, tokens);
  }

  private static Named named(Settings settings, String key) {
    return new Named(
        settings.text(key + ".name"),
        settings.text(key + ".role"),
        settings.secret(key + ".token").orElseThrow());
  }

  /** Two people with one token, or two tokens of one name: nobody could tell who did what. */
  private static void refuseDoubles(Settings settings, Optional<String> token, List<Named> tokens)
      throws InvalidSettings {
    Map<String, String> holders = new HashMap<>();
    token.ifPresent(local -> holders.put("token " + local, "admin.token"));
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      String key = TOKENS + "." + i;
      String first = holders.putIfAbsent("name " + tokens.get(i).name(), key + ".name");
      String same = holders.putIfAbsent("token " + tokens.get(i).token(), key + ".token");
      if (first != null) {
        problems.add(problem(settings, key + ".name", "is also " + first + "; choose another"));
      }
      if (same != null) {
        problems.add(problem(settings, key + ".token", "is also " + same + "; make another"));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
  }

  private static Problem problem(Settings settings, String key, String message) {
    String place =
        settings.values().stream()
            .filter(setting -> setting.key().equals(key))
            .map(Setting::place)
            .findFirst()
            .orElse("");
    return new Problem(place, key, message);
  }

  /** Without the tokens. */
  @Override
  public String toString() {
    return "AdminSettings[host=" + host + ", port=" + port + ", tokens=" + tokens + "]";
  }
}
