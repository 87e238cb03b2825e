package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Artefact;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an upload says of itself, in its URL and headers; collects everything that is wrong. */
final class DeployRequest {

  static final List<String> ENDINGS = List.of(".jar", ".java", ".groovy", ".py", ".mjs", ".js");

  private static final Set<String> ONCE = Set.of("file", "address", "isolate", "canary");
  private static final Set<String> OFTEN = Set.of("set", "secret");
  private static final Pattern FILE = Pattern.compile("[^/\\\\\\x00-\\x1f\\x7f]{1,200}");

  /** As in the schema of {@code actions.yaml}. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?!usher\\.|https?:)[^\\s@\\x00-\\x1f\\x7f]{1,200}");

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern REFERENCE = Pattern.compile("(file|env):.+");
  private static final Pattern SHA256 =
      Pattern.compile("(?i)(?:^|[,\\s])sha-256=:?([A-Za-z0-9+/]{43}=):?");

  private final MultiMap query;
  private final List<Problem.Fault> faults = new ArrayList<>();

  private DeployRequest(MultiMap query) {
    this.query = query;
  }

  /** Reads it; throws {@link Refused} naming every fault, but never a value that came with it. */
  static HandlerDesk.Order of(RoutingContext request) {
    DeployRequest read = new DeployRequest(request.queryParams());
    HandlerDesk.Order order =
        new HandlerDesk.Order(
            read.name(request.pathParam("name")),
            read.file(),
            read.address(),
            read.settings(),
            read.isIsolated(),
            read.share(),
            checksum(request.request()),
            AdminDoor.holder(request));
    read.checkNames();
    if (!read.faults.isEmpty()) {
      throw new Refused(
          new Problem(
              422, "invalid-deployment", "Nothing was deployed; errors says why.", read.faults));
    }
    return order;
  }

  private String name(String name) {
    if (!Action.NAME.matcher(name).matches()) {
      fault("name", "must be lower-case letters, digits and hyphens, at most 63, no hyphen first");
    }
    return name;
  }

  private String file() {
    String file = Optional.ofNullable(query.get("file")).orElse("");
    if (!FILE.matcher(file).matches() || ENDINGS.stream().noneMatch(file::endsWith)) {
      fault(
          "file",
          "must be the file's name, without its folder, ending with one of "
              + String.join(" ", ENDINGS));
    }
    return file;
  }

  private String address() {
    String address = Optional.ofNullable(query.get("address")).orElse("");
    if (!address.isEmpty() && !ADDRESS.matcher(address).matches()) {
      fault("address", "must be an event-bus address: no spaces, no @, not beginning with usher.");
    }
    return address;
  }

  private boolean isIsolated() {
    String text = Optional.ofNullable(query.get("isolate")).orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      fault("isolate", "must be true or false");
    }
    return text.equals("true");
  }

  private int share() {
    String text = query.get("canary");
    if (text == null) {
      return Artefact.WHOLE;
    }
    if (!text.matches("[1-9][0-9]?")) {
      fault("canary", "must be a percentage from 1 to 99");
      return Artefact.WHOLE;
    }
    return Integer.parseInt(text);
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    for (String text : query.getAll("set")) {
      var unused = put(settings, "set", text);
    }
    for (String text : query.getAll("secret")) {
      String key = put(settings, "secret", text);
      if (!REFERENCE.matcher(settings.getOrDefault(key, "")).matches()) {
        fault("secret", "must be KEY=file:PATH or KEY=env:NAME, never the secret itself");
      }
    }
    return settings;
  }

  private String put(Map<String, String> settings, String parameter, String text) {
    int end = text.indexOf('=');
    String key = end < 0 ? "" : text.substring(0, end);
    if (!KEY.matcher(key).matches()) {
      fault(parameter, "must be KEY=VALUE; a key has letters, digits, dots, hyphens");
    } else if (settings.put(key, text.substring(end + 1)) != null) {
      fault(parameter, "has the key " + key + " twice");
    }
    return key;
  }

  private void checkNames() {
    for (String name : query.names()) {
      if (!ONCE.contains(name) && !OFTEN.contains(name)) {
        fault(name, "is not a parameter here");
      } else if (ONCE.contains(name) && query.getAll(name).size() > 1) {
        fault(name, "must be there once");
      }
    }
  }

  private void fault(String field, String detail) {
    faults.add(new Problem.Fault("/" + field, "invalid", detail));
  }

  /** RFC 9530 and what was before it; other algorithms are as good as none. */
  private static Optional<String> checksum(HttpServerRequest request) {
    for (String header : List.of("Repr-Digest", "Content-Digest", "Digest")) {
      Matcher found = SHA256.matcher(Optional.ofNullable(request.getHeader(header)).orElse(""));
      if (found.find()) {
        return Optional.of(HexFormat.of().formatHex(Base64.getDecoder().decode(found.group(1))));
      }
    }
    return Optional.empty();
  }
}
