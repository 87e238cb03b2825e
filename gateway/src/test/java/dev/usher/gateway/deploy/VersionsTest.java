package dev.usher.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.gateway.pipeline.Artefact;
import dev.usher.gateway.pipeline.DeployRefused;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionsTest {

  private static final int WHOLE = Artefact.WHOLE;

  @Test
  void aVersionThatServesRetiresTheOneBefore() {
    Versions versions = deployed(2);

    assertThat(states(versions)).containsExactly("1 retired", "2 current");
  }

  @Test
  void aVersionThatDoesNotStartLeavesTheCurrentOne() {
    Versions versions = deployed(1).add(content(2), WHOLE, Made.ORIGIN).failed("no such class");

    assertThat(states(versions)).containsExactly("1 current", "2 failed");
    assertThat(versions.all().get(1).why()).isEqualTo("no such class");
    assertThat(versions.next()).isEmpty();
  }

  @Test
  void aVersionThatComesWhileAnotherIsTriedTakesItsPlace() {
    Versions versions =
        deployed(1).add(content(2), WHOLE, Made.ORIGIN).add(content(3), WHOLE, Made.ORIGIN);

    assertThat(states(versions)).containsExactly("1 current", "2 undeployed", "3 next");
    assertThat(versions.all().get(1).why()).isEqualTo("version 3 came");
  }

  @Test
  void aCanaryRunsBesideTheCurrentOneUntilItIsPromoted() {
    Versions canary = deployed(1).add(content(2), 10, Made.ORIGIN).serving();

    assertThat(states(canary)).containsExactly("1 current", "2 canary");
    assertThat(states(canary.promoted())).containsExactly("1 retired", "2 current");
    assertThat(canary.promoted().current().orElseThrow().share()).isEqualTo(WHOLE);
  }

  @Test
  void aCanaryThatIsNotServingYetIsNotPromoted() {
    Versions trying = deployed(1).add(content(2), 10, Made.ORIGIN);

    assertThatThrownBy(trying::promoted)
        .isInstanceOf(DeployRefused.class)
        .hasMessageContaining("version 2 of crm is not serving yet");
    assertThatThrownBy(deployed(1)::promoted).hasMessageContaining("no canary of crm");
  }

  @Test
  void aCanaryNeedsOneToRunBeside() {
    assertThatThrownBy(() -> Versions.none("crm").add(content(1), 10, Made.ORIGIN))
        .isInstanceOf(DeployRefused.class)
        .hasMessageContaining("no version of crm that a canary could run beside");
  }

  @Test
  void aRollbackTakesBackWhatIsTriedBeforeAnythingElse() {
    Versions versions = deployed(2).add(content(3), 10, Made.ORIGIN).serving().rolledBack("anna");

    assertThat(states(versions)).containsExactly("1 retired", "2 current", "3 undeployed");
    assertThat(versions.all().get(2).why()).isEqualTo("taken back by anna");
  }

  @Test
  void aRollbackTriesTheLastRetiredOneUnderItsOldNumber() {
    Versions tried = deployed(3).rolledBack("anna");

    assertThat(states(tried)).containsExactly("1 retired", "2 next", "3 current");
    assertThat(states(tried.serving())).containsExactly("1 retired", "2 current", "3 undeployed");
    assertThat(states(tried.serving().rolledBack("anna").serving()))
        .as("the second one goes further back, not to what was rolled back")
        .containsExactly("1 current", "2 undeployed", "3 undeployed");
  }

  @Test
  void aRollbackThatIsTakenBackCanBeDoneAgain() {
    Versions versions = deployed(2).rolledBack("anna").rolledBack("anna");

    assertThat(states(versions)).containsExactly("1 retired", "2 current");
  }

  @Test
  void withNothingBeforeThereIsNoRollback() {
    assertThatThrownBy(() -> deployed(1).rolledBack("anna"))
        .hasMessageContaining("no version of crm before 1 that served");
    assertThatThrownBy(() -> deployed(1).undeployed("anna").rolledBack("anna"))
        .hasMessageContaining("nothing of crm is deployed");
  }

  @Test
  void nothingThatIsUndeployedIsInForce() {
    Versions versions = deployed(1).add(content(2), 10, Made.ORIGIN).undeployed("anna");

    assertThat(states(versions)).containsExactly("1 undeployed", "2 undeployed");
    assertThatThrownBy(() -> versions.undeployed("anna")).isInstanceOf(DeployRefused.class);
  }

  @Test
  void aNewestVersionThatFailedIsPutAwayByUndeployingWhetherAnotherOneServesOrNot() {
    Versions first = Versions.none("crm").add(content(1), WHOLE, Made.ORIGIN).failed("no api.url");
    Versions second = deployed(1).add(content(2), WHOLE, Made.ORIGIN).failed("no api.url");

    assertThat(states(first.undeployed("anna"))).containsExactly("1 undeployed");
    assertThat(first.undeployed("anna").all().get(0).why())
        .isEqualTo("undeployed by anna; it did not start: no api.url");
    assertThat(states(second.undeployed("anna"))).containsExactly("1 undeployed", "2 undeployed");
    assertThatThrownBy(() -> first.undeployed("anna").undeployed("anna"))
        .isInstanceOf(DeployRefused.class);
  }

  @Test
  void theSameContentIsTheSameVersionOnlyWhileItIsInForce() {
    Versions versions = deployed(2);

    assertThat(versions.same(content(2), WHOLE)).isPresent();
    assertThat(versions.same(content(1), WHOLE)).isEmpty();
    assertThat(versions.undeployed("anna").same(content(2), WHOLE)).isEmpty();
    Versions canary = versions.add(content(3), 10, Made.ORIGIN);
    assertThat(canary.same(content(3), 10)).isPresent();
    assertThat(canary.same(content(3), 50)).isEmpty();
  }

  @Test
  void theLastTenAreKeptAndWhateverIsInForce() {
    Versions before = deployed(1);
    for (int number = 2; number <= 12; number++) {
      before = before.add(content(number), WHOLE, Made.ORIGIN).failed("no");
    }
    Versions after = before.add(content(13), WHOLE, Made.ORIGIN);

    assertThat(after.all()).extracting(Artefact::number).startsWith(1, 4, 5).hasSize(11);
    assertThat(after.forgotten(before)).extracting(Artefact::number).containsExactly(3);
    assertThat(after.since(before)).extracting(Artefact::number).containsExactly(13);
  }

  /** So many versions, one after the other, each of which served. */
  private static Versions deployed(int count) {
    Versions versions = Versions.none("crm");
    for (int number = 1; number <= count; number++) {
      versions = versions.add(content(number), WHOLE, Made.ORIGIN).serving();
    }
    return versions;
  }

  private static Artefact.Content content(int number) {
    return Made.content("c" + number);
  }

  private static List<String> states(Versions versions) {
    return versions.all().stream().map(one -> one.number() + " " + one.state().word()).toList();
  }
}
