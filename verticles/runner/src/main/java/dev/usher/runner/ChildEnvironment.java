package dev.usher.runner;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The variables that a handler's process gets of those that the runner has. */
final class ChildEnvironment {

  /** What programs need to know of the machine that they run on. */
  private static final Set<String> OF_MACHINE =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LANG",
          "LANGUAGE",
          "TZ",
          "TMPDIR",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "NODE_EXTRA_CA_CERTS",
          "REQUESTS_CA_BUNDLE",
          "USHER_LOG_LEVEL");

  private static final String LOCALE = "LC_";

  /** Keys of gateways, runners and the command line: tokens among them. */
  private static final List<String> OF_OTHERS =
      List.of(
          "USHER_ADMIN_",
          "USHER_BRIDGE_",
          "USHER_RUNNER_",
          "USHER_DEPLOYMENT",
          "USHER_TOKEN",
          "USHER_URL");

  private ChildEnvironment() {}

  /** For a script: nothing that it was not given. */
  static Map<String, String> ofMachine(Map<String, String> all) {
    Map<String, String> kept = new HashMap<>(all);
    kept.keySet()
        .removeIf(
            name ->
                !OF_MACHINE.contains(name)
                    && !OF_MACHINE.contains(name.toUpperCase(Locale.ROOT))
                    && !name.startsWith(LOCALE));
    return kept;
  }

  /** For classes, which read settings as they would in this process: all but what is of others. */
  static Map<String, String> ofClasses(Map<String, String> all) {
    Map<String, String> kept = new HashMap<>(all);
    kept.keySet().removeIf(name -> OF_OTHERS.stream().anyMatch(name::startsWith));
    return kept;
  }
}
