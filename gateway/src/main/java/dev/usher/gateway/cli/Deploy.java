package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher deploy}: a handler joins the running cluster, or a new version of it does. */
@Command(
    name = "deploy",
    description = {
      "Deploy a handler, or a new version of one, to every runner of the cluster.",
      "Ends with 0 once it serves on all of them; where it does not start, the version before"
          + " serves on and this ends with 1 and the handler's own error."
    })
final class Deploy implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "FILE",
      description = "A .jar, .java, .groovy, .py, .mjs or .js file with the handler.")
  private Path file = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What to call it; versions of one name replace each other. Default: FILE's.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description = "Address it serves instead of its own.")
  private Optional<String> address = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the handler, kept with this version.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--secret",
      paramLabel = "KEY=REFERENCE",
      description = "The same for a secret: file:PATH or env:NAME, read where the handler runs.")
  private List<String> secrets = new ArrayList<>();

  @Option(names = "--isolate", description = "Run it as a process of its own.")
  private boolean isIsolated;

  @Option(
      names = "--canary",
      paramLabel = "PERCENT",
      description =
          "Run it beside the current version, with this share of the deliveries, until usher"
              + " handlers promote or rollback.")
  private Optional<String> canary = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Span.class,
      description = "Longest wait until it serves (default: 2m).")
  private Duration timeout = Duration.ofMinutes(2);

  @ArgGroup(exclusive = false)
  private @Nullable DeployAction action;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  Deploy(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    String handler = name.isPresent() ? HandlerName.of(name.get()) : HandlerName.from(file);
    if (action != null) {
      action.check();
    }
    HandlerFile read = HandlerFile.read(file);
    Gateway gateway = options.open(surroundings);
    if (name.isEmpty() && !HandlerName.isAsWritten(file)) {
      say("named " + handler);
    }
    JsonNode version = upload(gateway, handler, read);
    int number = version.path("number").asInt();
    say(uploaded(version, handler, read));
    if (version.path("runners").asInt() == 0) {
      say(
          "no runner is there, so nothing runs it yet; version "
              + number
              + " is tried once one comes: java -jar verticles/runner/target/usher-runner.jar");
      warn(version);
      print(version);
      return Exit.PARTIAL.code();
    }
    LastingGateway lasting = new LastingGateway(() -> options.open(surroundings), timeout);
    JsonNode end =
        new DeployProgress(surroundings.console(), handler, number).follow(lasting, timeout);
    warn(end);
    serve(lasting, DeployProgress.addresses(end, number));
    print(version(end, number));
    return Exit.OK.code();
  }

  private JsonNode upload(Gateway gateway, String handler, HandlerFile read) throws CommandFailed {
    AdminPath path =
        new AdminPath("/admin/handlers/" + handler)
            .with("file", read.name())
            .with("address", address)
            .with("isolate", isIsolated ? "true" : "")
            .with("canary", canary.map(text -> text.replaceFirst("\\s*%$", "")));
    for (String one : settings) {
      path = path.with("set", one);
    }
    for (String one : secrets) {
      path = path.with("secret", one);
    }
    String target = path.toString();
    Pause pause = new Pause(timeout);
    Answer answer = send(gateway, target, read);
    if (isFull(answer)) {
      say("waits: other files are on their way to the gateway");
    }
    while (isFull(answer) && pause.take()) {
      answer = send(gateway, target, read);
    }
    if (!answer.isSuccess()) {
      throw Refusal.of(answer, gateway.endpoint());
    }
    return answer.body();
  }

  private Answer send(Gateway gateway, String target, HandlerFile read) throws CommandFailed {
    try (Progress bar = Progress.ofBytes(surroundings.console(), "upload", read.bytes())) {
      return gateway.upload(target, read, bar::at);
    }
  }

  /** Not where the disk is: that one passes when a person has made room. */
  private static boolean isFull(Answer answer) {
    return answer.status() == 503 && answer.body().path("type").asText().endsWith(":overloaded");
  }

  private static String uploaded(JsonNode version, String handler, HandlerFile read) {
    String what = handler + " version " + version.path("number").asText();
    return version.path("new").asBoolean()
        ? "uploaded: " + what + ", " + read.bytes() + " bytes, sha256 " + read.shortChecksum()
        : what + " is the same file with the same settings already";
  }

  /** Deliveries come only where an action is. */
  private void serve(LastingGateway gateway, List<String> addresses) throws CommandFailed {
    if (action != null) {
      say(action.create(gateway, addresses));
      return;
    }
    List<String> used = new ArrayList<>();
    gateway
        .fetch(asked -> asked.get("/admin/actions"))
        .path("actions")
        .forEach(one -> used.add(one.path("address").asText()));
    for (String served : addresses) {
      if (!used.contains(served)) {
        say("no action is at " + served + ", so nothing comes there; this makes one: " + again());
      }
    }
  }

  /** The same command with an action. */
  private String again() throws CommandFailed {
    ShellLine line = new ShellLine("usher", "deploy", file.toString());
    name.ifPresent(given -> line.add("--name", given));
    address.ifPresent(given -> line.add("--address", given));
    settings.forEach(given -> line.add("--set", given));
    secrets.forEach(given -> line.add("--secret", given));
    canary.ifPresent(given -> line.add("--canary", given));
    if (isIsolated) {
      line.add("--isolate");
    }
    line.add("--action", name.isPresent() ? name.get() : HandlerName.from(file));
    return line.toString();
  }

  private static JsonNode version(JsonNode handler, int number) {
    for (JsonNode version : handler.path("versions")) {
      if (version.path("number").asInt() == number) {
        return version;
      }
    }
    return handler;
  }

  private void warn(JsonNode answer) {
    answer.path("warnings").forEach(warning -> say("warning: " + warning.asText()));
  }

  private void say(String line) {
    surroundings.console().say(Printable.of(line));
  }

  private void print(JsonNode version) {
    Console console = surroundings.console();
    if (output.isJson(console)) {
      console.print(Json.line(version));
    }
  }
}
