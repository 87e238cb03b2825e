package dev.usher.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where this gateway listens, as it tells the command line in {@code endpoints.json}. */
record Endpoints(String publicHost, int publicPort, String adminHost, int adminPort) {

  private static final String FILE = "endpoints.json";

  String publicUrl() {
    return url(publicHost, publicPort);
  }

  String adminUrl() {
    return url(adminHost, adminPort);
  }

  /** Replaces the file in one step, so that nobody reads half of it. */
  void write(Path folder) throws IOException {
    ObjectNode json =
        new ObjectMapper()
            .createObjectNode()
            .put("pid", ProcessHandle.current().pid())
            .put("public", publicUrl())
            .put("admin", adminUrl());
    Path draft = folder.resolve(FILE + ".new");
    Files.writeString(draft, json.toPrettyString() + "\n");
    Files.move(
        draft,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Takes the file away: whoever listens there next is not this gateway. */
  static void remove(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(FILE));
  }

  /** A wildcard address is no place to call; this machine's own is. */
  private static String url(String host, int port) {
    boolean isAny = host.equals("0.0.0.0") || host.equals("::");
    String name = isAny ? "127.0.0.1" : host;
    return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
  }
}
