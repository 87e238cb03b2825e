package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The action that a deployed handler is to have. */
final class DeployAction {

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      description = "Also make this action at the handler's address, over actions.yaml.")
  private String name = "";

  @Option(names = "--required", description = "The action is owed to every signup.")
  private boolean isRequired;

  @Option(
      names = "--optional",
      description = "The action is owed to signups with its key (the default).")
  private boolean isOptional;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Key of the payload that asks for the action. Default: its name.")
  private Optional<String> key = Optional.empty();

  /** Before anything is sent. */
  void check() throws CommandFailed {
    if (name.isEmpty()) {
      throw new CommandFailed(
          Exit.USAGE,
          "--required, --optional and --key say what kind of action is to be made; name it, too:"
              + " --action NAME");
    }
    var unused = ActionName.of(name);
    if (isRequired && isOptional) {
      throw new CommandFailed(Exit.USAGE, "--required and --optional exclude each other");
    }
    if (isRequired && key.isPresent()) {
      throw new CommandFailed(
          Exit.USAGE, "--key is for an optional action; a required one is owed to every signup");
    }
  }

  /** Makes it, and says so. */
  String create(LastingGateway gateway, List<String> addresses) throws CommandFailed {
    if (addresses.size() != 1) {
      throw new CommandFailed(
          Exit.PARTIAL,
          "the handler serves "
              + (addresses.isEmpty() ? "no address" : String.join(", ", addresses))
              + ", so it is not clear where the action "
              + name
              + " should be; write it into actions.yaml");
    }
    ObjectNode body = Json.object().put("address", addresses.get(0)).put("required", isRequired);
    key.ifPresent(given -> body.put("key", given));
    var unused = gateway.fetch(asked -> asked.change("PUT", "/admin/actions/" + name, body));
    return "action "
        + name
        + " is "
        + (isRequired ? "required" : "optional, for signups with \"" + key.orElse(name) + "\"")
        + ", at "
        + addresses.get(0);
  }
}
