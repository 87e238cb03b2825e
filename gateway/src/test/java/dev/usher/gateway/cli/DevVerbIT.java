package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code usher dev} says when it can't; how it works is shown on a real gateway. */
class DevVerbIT {

  @TempDir private Path folder;

  @Test
  void fileThatIsNotThereStartsNothing() {
    Path missing = folder.resolve("Greeter.java");

    Run run = new Prompt(folder).usher("dev", "--watch", missing.toString());

    assertThat(run.exit()).isEqualTo(Exit.NOT_FOUND.code());
    assertThat(run.err()).contains(missing + " is not there, or is no file");
  }

  @Test
  void folderCanNotBeWatched() {
    Run run = new Prompt(folder).usher("dev", "--watch", folder.toString());

    assertThat(run.exit()).isEqualTo(Exit.NOT_FOUND.code());
  }

  @Test
  void gatewayThatDoesNotStartSaysWhy() {
    Run run =
        new Prompt(folder)
            .developing(
                wish -> {
                  throw new IOException("actions.yaml:3:1 is missing");
                })
            .usher("dev");

    assertThat(run.exit()).isEqualTo(Exit.FAILED.code());
    assertThat(run.err()).contains("usher: actions.yaml:3:1 is missing");
  }
}
