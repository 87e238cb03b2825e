package dev.usher.runner.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.wire.Catalogue;
import dev.usher.wire.Catalogue.Entry;
import dev.usher.wire.HandlerVersion;
import dev.usher.wire.RunnerReport.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a runner does for each catalogue, on a stage where nothing really runs. */
@Timeout(60)
class FollowerIT {

  @TempDir Path folder;

  private final Versions versions = new Versions();
  private final ScriptedStage stage = new ScriptedStage();
  private final Progress progress = new Progress(() -> {});
  private final HandlerVersion one = versions.of("greeter", 1, "the first");
  private final HandlerVersion two = versions.of("greeter", 2, "the second");
  private final HandlerVersion three = versions.of("greeter", 3, "the third");
  private long revision;
  private Follower follower;

  @BeforeEach
  void start() throws IOException {
    follower = follower();
  }

  @Test
  void firstVersionIsFetchedAndRun() throws Exception {
    follow(next(one));

    assertThat(stage.asked()).containsExactly("run greeter#1");
    assertThat(folder.resolve("artefacts").resolve(one.checksum()).resolve("greeter.jar"))
        .hasContent("the first");
    assertThat(follower.has("greeter")).isTrue();
  }

  @Test
  void catalogueThatSaysTheSameAgainChangesNothing() throws Exception {
    follow(current(one));
    stage.asked();

    follow(current(one));

    assertThat(stage.asked()).isEmpty();
  }

  @Test
  void nextVersionTakesThePlaceOfTheCurrentOneAndKeepsItWhenItIsCurrent() throws Exception {
    follow(current(one));
    follow(of(one, two, Catalogue.WHOLE));
    follow(current(two));

    assertThat(stage.asked()).containsExactly("run greeter#1", "run greeter#2");
  }

  @Test
  void nextVersionThatDoesNotStartIsToldAndLeavesTheCurrentOne() throws Exception {
    stage.fail(two, "no greeting today");
    follow(current(one));
    follow(of(one, two, Catalogue.WHOLE));
    follow(of(one, two, Catalogue.WHOLE));

    assertThat(stage.asked())
        .as("tried once, and the first is never touched")
        .containsExactly("run greeter#1", "run greeter#2");
    assertThat(progress.items())
        .filteredOn(item -> item.number() == 2)
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.phase()).isEqualTo(Phase.FAILED);
              assertThat(item.why()).isEqualTo("no greeting today");
            });

    follow(current(one));
    assertThat(progress.items())
        .as("the gateway knows")
        .noneSatisfy(item -> assertThat(item.number()).isEqualTo(2));
  }

  @Test
  void runnerThatStartsWhileANextVersionIsTriedServesTheCurrentOneMeanwhile() throws Exception {
    stage.fail(two, "no greeting today");

    follow(of(one, two, Catalogue.WHOLE));

    assertThat(stage.asked()).containsExactly("run greeter#1", "run greeter#2");
  }

  @Test
  void failedVersionIsTriedAgainWhenTheCatalogueSaysSomethingElse() throws Exception {
    stage.fail(two, "no greeting today");
    follow(of(one, two, Catalogue.WHOLE));
    follow(current(one));
    stage.asked();

    follow(of(one, two, Catalogue.WHOLE));

    assertThat(stage.asked()).containsExactly("run greeter#2");
  }

  @Test
  void otherRunnersFailureBringsTheCurrentOneBack() throws Exception {
    follow(current(one));
    follow(of(one, two, Catalogue.WHOLE));
    follow(current(one));

    assertThat(stage.asked()).containsExactly("run greeter#1", "run greeter#2", "run greeter#1");
  }

  @Test
  void canaryRunsBesideAndTakesThePlaceWithoutAStart() throws Exception {
    follow(of(one, two, 10));
    follow(of(one, two, 50));
    assertThat(stage.asked()).containsExactly("run greeter#1", "run beside greeter#2");

    follow(of(one, two, Catalogue.WHOLE));
    follow(current(two));
    assertThat(stage.asked()).containsExactly("promote greeter");
  }

  @Test
  void canaryThatIsRolledBackEndsAndNothingElse() throws Exception {
    follow(of(one, two, 10));
    stage.asked();

    follow(current(one));

    assertThat(stage.asked()).containsExactly("end beside greeter");
  }

  @Test
  void canaryOfAPromotedCanaryFollowsIt() throws Exception {
    follow(of(one, two, 10));
    stage.asked();

    follow(of(two, three, 10));

    assertThat(stage.asked()).containsExactly("promote greeter", "run beside greeter#3");
  }

  @Test
  void canaryThatDoesNotStartLeavesTheCurrentOne() throws Exception {
    stage.fail(two, "no greeting today");

    follow(of(one, two, 10));

    assertThat(stage.asked()).containsExactly("run greeter#1", "run beside greeter#2");
    assertThat(progress.items()).extracting("phase").contains(Phase.FAILED);
  }

  @Test
  void whatIsInNoCatalogueAnyMoreEnds() throws Exception {
    follow(current(one));
    stage.asked();

    follow();

    assertThat(stage.asked()).containsExactly("end greeter");
    assertThat(follower.has("greeter")).isFalse();
    assertThat(progress.items()).isEmpty();
  }

  @Test
  void olderCatalogueOfTheSameGatewayIsLate() throws Exception {
    follow(current(one));
    follow(current(two));
    stage.asked();

    follower.follow(new Catalogue("gateway-1", revision - 1, List.of(current(one))));
    follower.settle();
    assertThat(stage.asked()).isEmpty();

    follower.follow(new Catalogue("gateway-2", 1, List.of(current(one))));
    follower.settle();
    assertThat(stage.asked()).as("another gateway counts anew").containsExactly("run greeter#1");
  }

  @Test
  void fileThatDoesNotComeIsAskedForAgainWhileTheCurrentVersionServes() throws Exception {
    follow(current(one));
    versions.away(true);
    Entry entry = of(one, two, Catalogue.WHOLE);
    follow(entry);
    assertThat(stage.asked()).containsExactly("run greeter#1");
    assertThat(progress.items())
        .anySatisfy(
            item -> {
              assertThat(item.phase()).isEqualTo(Phase.FETCHING);
              assertThat(item.why()).isEqualTo("gateway gateway-1 is not there");
            });

    versions.away(false);
    follow(entry);
    assertThat(stage.asked()).containsExactly("run greeter#2");
  }

  @Test
  void fileWithAnotherChecksumIsThrownAwayAndFetchedAgain() throws Exception {
    versions.spoil(one, "the worst");
    follow(next(one));
    assertThat(stage.asked()).isEmpty();
    assertThat(folder.resolve("artefacts")).isEmptyDirectory();

    versions.spoil(one, "the first");
    follow(next(one));
    assertThat(stage.asked()).containsExactly("run greeter#1");
  }

  @Test
  void runnerThatStartsWithoutAGatewayRunsWhatItKnew() throws Exception {
    follow(current(one));
    stage.asked();
    versions.away(true);

    Follower after = follower();
    after.remember();
    after.settle();

    assertThat(stage.asked()).containsExactly("run greeter#1");
    assertThat(after.catalogue()).hasValueSatisfying(c -> assertThat(c.revision()).isOne());
  }

  @Test
  void keptFileThatHasChangedIsFetchedAgain() throws Exception {
    follow(current(one));
    Path file = folder.resolve("artefacts").resolve(one.checksum()).resolve("greeter.jar");
    Files.writeString(file, "something else");

    Follower after = follower();
    after.remember();
    after.settle();

    assertThat(file).hasContent("the first");
  }

  @Test
  void filesOfOldVersionsGoButForTheLastOnes() throws Exception {
    int all = ArtefactFiles.SPARE + 3;
    for (int number = 1; number <= all; number++) {
      follow(current(versions.of("greeter", number, "version " + number)));
    }

    try (var kept = Files.list(folder.resolve("artefacts"))) {
      assertThat(kept).hasSize(ArtefactFiles.SPARE + 1);
    }
  }

  @Test
  void closedFollowerStartsNothingMore() throws Exception {
    follower.close();

    follow(next(one));

    assertThat(stage.asked()).isEmpty();
  }

  private Follower follower() throws IOException {
    return new Follower(
        new ArtefactFiles(folder.resolve("artefacts"), versions),
        stage,
        progress,
        new CatalogueFile(folder.resolve("catalogue.json")));
  }

  private void follow(Entry... entries) throws InterruptedException {
    revision++;
    follower.follow(new Catalogue("gateway-1", revision, List.of(entries)));
    follower.settle();
  }

  private static Entry next(HandlerVersion version) {
    return new Entry(Optional.empty(), Optional.of(version), Catalogue.WHOLE);
  }

  private static Entry current(HandlerVersion version) {
    return new Entry(Optional.of(version), Optional.empty(), Catalogue.WHOLE);
  }

  private static Entry of(HandlerVersion current, HandlerVersion next, int share) {
    return new Entry(Optional.of(current), Optional.of(next), share);
  }
}
