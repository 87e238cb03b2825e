package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Where a port of the gateway is, and who says so.
 *
 * @param base the URL that paths are put behind; does not end with a slash
 * @param origin who says so: {@code --url}, {@code USHER_URL} or a file
 * @param pid the process that wrote the file
 */
record Endpoint(URI base, String origin, OptionalLong pid) {

  /** What to do where no gateway runs. */
  static final String HOW_TO_START =
      "start one with: java -jar gateway/target/usher-gateway.jar; or name a running one with"
          + " --url or --data";

  /** An endpoint that a person named. */
  static Endpoint named(String url, String origin) throws CommandFailed {
    return new Endpoint(url(url, origin, Exit.USAGE), origin, OptionalLong.empty());
  }

  /** The endpoint that the gateway using {@code data} wrote down when it was ready. */
  static Endpoint recorded(Path data, Port port) throws CommandFailed {
    Path file = data.resolve("gateway").resolve("endpoints.json");
    JsonNode endpoints = read(file);
    JsonNode pid = endpoints.path("pid");
    return new Endpoint(
        url(endpoints.path(port.key()).asText(), file.toString(), Exit.UNREACHABLE),
        file.toString(),
        pid.canConvertToLong() ? OptionalLong.of(pid.longValue()) : OptionalLong.empty());
  }

  URI resolve(String path) {
    return URI.create(base + path);
  }

  boolean isLoopback() {
    String host = String.valueOf(base.getHost());
    return host.equals("localhost") || host.matches("127(\\.[0-9]+){3}") || host.equals("[::1]");
  }

  /** Says why nobody may answer here, once nobody did. */
  String unanswered(String why) {
    return "no gateway answers at "
        + base
        + " (from "
        + origin
        + writer()
        + "): "
        + why
        + "\n"
        + HOW_TO_START;
  }

  // Asked only after the connection failed: the process may well live in another pid namespace.
  private String writer() {
    if (pid.isEmpty()) {
      return "";
    }
    boolean runs = ProcessHandle.of(pid.getAsLong()).isPresent();
    return ", written by process "
        + pid.getAsLong()
        + (runs ? ", which is running" : ", which no longer runs here");
  }

  private static JsonNode read(Path file) throws CommandFailed {
    if (!Files.exists(file)) {
      throw new CommandFailed(
          Exit.UNREACHABLE,
          "no gateway found: it would have written " + file + "\n" + HOW_TO_START);
    }
    try {
      return Json.parse(Files.readString(file));
    } catch (IOException e) {
      throw new CommandFailed(
          Exit.UNREACHABLE, "no gateway found: " + file + " is not readable: " + e.getMessage());
    }
  }

  private static URI url(String text, String origin, Exit exit) throws CommandFailed {
    try {
      URI url = URI.create(text.replaceFirst("/+$", ""));
      if (isHttp(url)) {
        return url;
      }
    } catch (IllegalArgumentException notAnUrl) {
      // Refused below, in the words that fit every fault.
    }
    throw new CommandFailed(
        exit, origin + ": \"" + text + "\" is not the URL of a gateway; write http://host:port");
  }

  private static boolean isHttp(URI url) {
    String scheme = String.valueOf(url.getScheme());
    return (scheme.equals("http") || scheme.equals("https")) && url.getHost() != null;
  }
}
