package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.pipeline.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code usher dev}: a gateway to develop a handler against, gone without a trace afterwards. */
@Command(
    name = "dev",
    description = {
      "Run a gateway and handlers in this process, with a journal that is removed at the end: for"
          + " developing a handler. Without --handlers it runs the two that come with Usher, whose"
          + " letters and subscriptions are removed at the end too."
    })
final class Dev implements Callable<Integer> {

  private static final String SIGNUP =
      "{\"username\":\"Ada\",\"email\":\"ada@example.com\",\"subscribe\":true}";

  private final Surroundings surroundings;

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "Folder of gateway.yaml and actions.yaml (default: config).")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--handlers",
      paramLabel = "PATH",
      arity = "1..*",
      description = "Files to deploy, or folders of them, in place of the two of Usher.")
  private List<Path> handlers = List.of();

  @Option(
      names = "--watch",
      paramLabel = "FILE",
      arity = "1..*",
      description = {
        "Deploy a file and deploy it again whenever it changes. Where no action has its address,"
            + " one is made that every signup is owed."
      })
  private List<Path> watched = List.of();

  Dev(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed, InterruptedException {
    for (Path path : handlers) {
      check(path, Files.exists(path));
    }
    for (Path path : watched) {
      check(path, Files.isRegularFile(path));
    }
    try (Development.Running running = start()) {
      tell(running);
      running.await();
      return Exit.OK.code();
    }
  }

  private static void check(Path path, boolean isThere) throws CommandFailed {
    if (!isThere) {
      throw new CommandFailed(Exit.NOT_FOUND, path + " is not there, or is no file");
    }
  }

  private Development.Running start() throws CommandFailed {
    Path config = folder.orElseGet(() -> surroundings.folders().find("config", "actions.yaml"));
    try {
      return surroundings.development().start(new Development.Wish(config, handlers, watched));
    } catch (Exception e) {
      throw new CommandFailed(Exit.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private void tell(Development.Running running) throws CommandFailed {
    Console console = surroundings.console();
    Endpoint entrance = Endpoint.recorded(running.data(), Port.PUBLIC);
    Gateway admin =
        new Gateway(Endpoint.recorded(running.data(), Port.ADMIN), Token.recorded(running.data()));
    for (Development.Handler handler : running.handlers()) {
      console.say(handler.name() + " serves " + String.join(", ", handler.addresses()));
    }
    for (Path file : watched) {
      give(admin, file, running.handlers());
    }
    console.say("signups at " + entrance.base() + ", administration at " + admin.endpoint().base());
    console.say("Ctrl-C ends it. Try:");
    console.print(
        "curl "
            + entrance.resolve("/signups")
            + " -H 'Content-Type: application/json' -d '"
            + SIGNUP
            + "'");
  }

  /** An action for each address of a watched handler that no action has. */
  private void give(Gateway admin, Path file, List<Development.Handler> running)
      throws CommandFailed {
    Set<String> served = new TreeSet<>();
    admin
        .fetch("/admin/actions")
        .path("actions")
        .forEach(action -> served.add(action.path("address").asText()));
    String name = name(file);
    List<String> addresses = new ArrayList<>();
    running.stream()
        .filter(handler -> handler.name().equals(name))
        .forEach(handler -> addresses.addAll(handler.addresses()));
    if (addresses.isEmpty()) {
      surroundings.console().say(file + " does not serve yet; it is deployed when it changes");
    }
    for (String address : addresses) {
      if (!served.contains(address)) {
        make(admin, name, address);
      }
    }
  }

  private void make(Gateway admin, String handler, String address) throws CommandFailed {
    String action = action(handler);
    JsonNode body = Json.object().put("required", true).put("address", address);
    Answer answer = admin.change("PUT", "/admin/actions/" + action, body);
    if (!answer.isSuccess()) {
      throw Refusal.of(answer, admin.endpoint());
    }
    surroundings
        .console()
        .say("no action had " + address + ": made " + action + ", which every signup is owed");
  }

  /** The handler's name as far as an action may be called so. */
  private static String action(String handler) {
    String fit = handler.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return Action.NAME.matcher(fit).matches() ? fit : "watched";
  }

  /** As the runner calls it: the file's name before its last dot. */
  private static String name(Path file) {
    String fileName = String.valueOf(file.getFileName());
    int dot = fileName.lastIndexOf('.');
    return dot <= 0 ? fileName : fileName.substring(0, dot);
  }
}
