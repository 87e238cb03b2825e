package dev.usher.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.runner.fixture.HandlerJar;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The folder whose files are what runs. */
@Timeout(120)
class HandlersFolderIT {

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Set<String> taken = new HashSet<>();
  private Deployments deployments;
  private HandlersFolder files;

  @BeforeEach
  void start() throws Exception {
    Files.createDirectories(folder.resolve("handlers"));
    Files.createDirectories(folder.resolve("built"));
    deployments = DeploymentsIn.folder(folder, vertx, Map.of());
    files = new HandlersFolder(List.of(folder.resolve("handlers")), deployments, taken::contains);
  }

  @AfterEach
  void close() throws Exception {
    DeploymentsIn.close(deployments, vertx);
  }

  @Test
  void newFileIsDeployedAtTheSecondLookThatFindsItTheSame() throws Exception {
    Files.copy(jar("v1"), file());

    look();
    assertThat(deployments.names()).isEmpty();
    look();
    assertThat(deployments.names()).containsExactly("greeter");
  }

  @Test
  void fileThatIsStillWrittenWaitsUntilAllOfItIsThere() throws Exception {
    byte[] whole = Files.readAllBytes(jar("v1"));
    Files.write(file(), Arrays.copyOf(whole, whole.length / 2));
    look();
    look();
    look();
    assertThat(deployments.names()).as("half a jar").isEmpty();

    Files.write(file(), whole);
    look();
    look();
    assertThat(deployments.names()).containsExactly("greeter");
  }

  @Test
  void changedFileIsSwappedInAndRemovedOneUndeployed() throws Exception {
    Files.copy(jar("v1"), file());
    look();
    look();
    String first = version();

    Files.move(jar("version 2"), file(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    look();
    look();
    assertThat(version()).isNotEqualTo(first);

    Files.delete(file());
    look();
    assertThat(deployments.names()).isEmpty();
  }

  @Test
  void fileThatDoesNotStartLeavesTheOldVersionAndIsTriedAgainWhenItChanges() throws Exception {
    Files.copy(jar("v1"), file());
    look();
    look();
    String first = version();

    Files.write(file(), Files.readAllBytes(broken()));
    look();
    look();
    look();
    assertThat(version()).isEqualTo(first);

    Files.write(file(), Files.readAllBytes(jar("version 3")));
    look();
    look();
    assertThat(version()).isNotEqualTo(first);
  }

  @Test
  void otherFilesUnfinishedOnesAndASecondOfTheSameNameAreLeftAlone() throws Exception {
    Files.copy(jar("v1"), file());
    look();
    look();
    String first = version();
    Files.writeString(folder.resolve("handlers/notes.txt"), "notes");
    Files.writeString(folder.resolve("handlers/crm.jar.part"), "half");
    Files.writeString(folder.resolve("handlers/greeter.java"), "class greeter {}");
    look();
    look();

    assertThat(deployments.names()).containsExactly("greeter");
    assertThat(version()).isEqualTo(first);
  }

  @Test
  void nameThatSomebodyElseHasIsLeftToThemUntilTheyLetGo() throws Exception {
    Files.copy(jar("v1"), file());
    taken.add("greeter");
    look();
    look();
    assertThat(deployments.names()).isEmpty();

    taken.clear();
    look();
    assertThat(deployments.names()).containsExactly("greeter");

    taken.add("greeter");
    files.leave(taken);
    Files.delete(file());
    look();
    assertThat(deployments.names()).as("theirs by now").containsExactly("greeter");
  }

  private void look() throws InterruptedException {
    files.look();
    files.settle();
  }

  private Path file() {
    return folder.resolve("handlers/greeter.jar");
  }

  private Path jar(String text) throws Exception {
    return HandlerJar.greeting(text).write(folder.resolve("built/" + text + ".jar"));
  }

  private Path broken() throws Exception {
    return new HandlerJar().main("not.There").write(folder.resolve("built/broken.jar"));
  }

  private String version() {
    return deployments.find("greeter").orElseThrow().artefact().version();
  }
}
