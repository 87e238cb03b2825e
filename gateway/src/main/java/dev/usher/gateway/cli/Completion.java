package dev.usher.gateway.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code usher completion}: what a shell needs to complete commands and options. */
@Command(
    name = "completion",
    description =
        "Print a script that completes usher in bash and zsh: source <(usher completion).")
final class Completion implements Callable<Integer> {

  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  Completion(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    CommandLine usher = spec.root().commandLine();
    surroundings.console().print(AutoComplete.bash("usher", usher));
    return Exit.OK.code();
  }
}
