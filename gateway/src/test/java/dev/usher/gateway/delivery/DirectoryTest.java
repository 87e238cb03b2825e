package dev.usher.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.Track;
import dev.usher.wire.Announcement;
import dev.usher.wire.DeliveryFrame;
import dev.usher.wire.InstanceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which instance at an address gets which signup. */
class DirectoryTest {

  private static final String ADDRESS = "signup.mail";
  private static final String CANARY = "mail#2";
  private static final int PLENTY = 1_000;
  private static final long NOW = 5;
  private static final long SILENT = Long.MAX_VALUE / 2;

  private final Directory directory = new Directory();
  private int instances;

  @Test
  void canaryGetsItsShareAndNobodyElseGetsThat() {
    up("mail#1", PLENTY);
    up("", PLENTY);
    Instance canary = up(CANARY, PLENTY);
    share(25);

    for (String signup : signups(500)) {
      boolean isForCanary = CanaryShares.place(signup) < 25;
      assertThat(take(signup) == canary).as(signup).isEqualTo(isForCanary);
    }
  }

  @Test
  void largerShareOnlyAddsToTheCanarys() {
    up("mail#1", PLENTY);
    up(CANARY, PLENTY);
    share(10);
    List<String> before = signups(500).stream().filter(this::isForCanary).toList();

    share(20);

    assertThat(before).isNotEmpty().allMatch(this::isForCanary);
  }

  @Test
  void withoutAShareAllVersionsAreAlike() {
    Instance old = up("mail#1", PLENTY);
    Instance next = up(CANARY, PLENTY);

    signups(100).forEach(this::take);

    assertThat(old.inFlight()).isEqualTo(50);
    assertThat(next.inFlight()).isEqualTo(50);
  }

  @Test
  void versionThatIsAloneGetsEverything() {
    share(50);
    Instance canary = up(CANARY, PLENTY);
    assertThat(signups(50)).allMatch(signup -> take(signup) == canary);

    Instance other = up("mail#1", PLENTY);
    directory.remove(canary);
    assertThat(signups(50)).allMatch(signup -> take(signup) == other);
  }

  @Test
  void drainingOrSilentCanaryGetsNothingMore() {
    share(50);
    Instance other = up("mail#1", PLENTY);
    Instance canary = up(CANARY, PLENTY);

    hear(canary.latest(), InstanceState.DRAINING);
    assertThat(signups(50)).allMatch(signup -> take(signup) == other);

    hear(canary.latest(), InstanceState.UP);
    directory.heard(other.latest(), SILENT);
    assertThat(directory.track(ADDRESS, canarys(50), SILENT)).isEqualTo(Track.MAIN);
  }

  @Test
  void oneThatIsNotTheCanaryNeverTakesItsPlaceBecauseItIsFull() {
    up("mail#1", PLENTY);
    up(CANARY, 1);
    share(50);
    String signup = canarys(50);

    assertThat(take(signup)).isNotNull();
    assertThat(take(signup)).isNull();
    assertThat(directory.track(ADDRESS, signup, NOW)).isEqualTo(Track.CANARY);
  }

  @Test
  void canaryHasItsPartOfTheActionsConcurrencyAndOneAtLeast() {
    up("mail#1", PLENTY);
    Instance canary = up(CANARY, PLENTY);
    share(10);

    while (directory.best(ADDRESS, Track.CANARY, 64, NOW) != null) {
      canary.taken();
    }

    assertThat(canary.inFlight()).isEqualTo(6);
    canary.freed();
    assertThat(directory.best(ADDRESS, Track.CANARY, 1, NOW)).isNull();
    while (canary.inFlight() > 0) {
      canary.freed();
    }
    assertThat(directory.best(ADDRESS, Track.CANARY, 1, NOW)).isSameAs(canary);
  }

  @Test
  void plainConsumersGetWhatNoKitInstanceIsThereFor() {
    directory.plainAt(ADDRESS, Set.of("n"), NOW);
    share(50);
    Instance canary = up(CANARY, PLENTY);
    assertThat(take("signup_1")).isSameAs(canary);

    directory.remove(canary);

    assertThat(take("signup_1").instance()).isEqualTo(Instance.PLAIN);
  }

  @Test
  void addressesAreToldWhereOtherSignupsAreForTheCanary() {
    up("mail#1", 1);
    up(CANARY, 1);

    assertThat(directory.divide(shares(10))).containsExactly(ADDRESS);
    assertThat(directory.divide(shares(10))).isEmpty();
    assertThat(directory.divide(new CanaryShares(Map.of("other#2", 10)))).containsExactly(ADDRESS);
    assertThat(directory.divide(CanaryShares.NONE)).isEmpty();
  }

  @Test
  void whateverInstancesComeAndGoNobodyWaitsForAVersionThatIsNotThere() {
    for (int seed = 0; seed < 300; seed++) {
      new RandomPlace(seed).play();
    }
  }

  /** Instances of both versions come, go, fill up and answer. */
  private static final class RandomPlace {

    private final int seed;
    private final Random random;
    private final DirectoryTest one = new DirectoryTest();
    private final List<Instance> there = new ArrayList<>();

    RandomPlace(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    void play() {
      for (int step = 0; step < 200; step++) {
        switch (random.nextInt(8)) {
          case 0 -> there.add(one.up(random.nextBoolean() ? CANARY : "mail#1", random.nextInt(4)));
          case 1 -> leave();
          case 2 -> one.share(random.nextInt(101));
          case 3 -> there.forEach(instance -> free(instance));
          default -> offer("signup_" + random.nextInt(1_000));
        }
      }
    }

    private void leave() {
      if (!there.isEmpty()) {
        one.directory.remove(there.remove(random.nextInt(there.size())));
      }
    }

    private void free(Instance instance) {
      while (instance.inFlight() > 0) {
        instance.freed();
      }
    }

    private void offer(String signup) {
      Track track = one.directory.track(ADDRESS, signup, NOW);
      Instance taken = one.take(signup);
      if (taken != null) {
        assertThat(there).as("seed %s", seed).contains(taken);
        boolean isAlone = there.stream().map(Instance::isCanary).distinct().count() == 1;
        assertThat(isAlone || taken.isCanary() == (track == Track.CANARY))
            .as("seed %s: %s goes to %s", seed, signup, taken.latest().deployment())
            .isTrue();
      } else {
        assertThat(there.stream().filter(instance -> instance.isCanary() == isFor(track)))
            .as("seed %s: somebody for %s has room", seed, signup)
            .noneMatch(instance -> track == Track.MAIN && instance.hasRoom(NOW));
      }
    }

    private static boolean isFor(Track track) {
      return track == Track.CANARY;
    }
  }

  private Instance up(String deployment, int slots) {
    Announcement announcement =
        new Announcement(
            "i-" + ++instances,
            "n",
            ADDRESS,
            "mail",
            "1",
            deployment,
            "java",
            slots,
            slots,
            InstanceState.UP,
            DeliveryFrame.VERSION);
    return directory.heard(announcement, NOW).orElseThrow();
  }

  private void hear(Announcement of, InstanceState state) {
    directory.heard(
        new Announcement(
            of.instance(),
            of.node(),
            of.address(),
            of.handler(),
            of.version(),
            of.deployment(),
            of.language(),
            of.slots(),
            of.free(),
            state,
            of.frame()),
        NOW);
  }

  private void share(int percent) {
    directory.divide(shares(percent));
  }

  private static CanaryShares shares(int percent) {
    return new CanaryShares(Map.of(CANARY, percent));
  }

  private boolean isForCanary(String signup) {
    return directory.track(ADDRESS, signup, NOW) == Track.CANARY;
  }

  /** Where it goes, if anywhere now. */
  private Instance take(String signup) {
    Track track = directory.track(ADDRESS, signup, NOW);
    Instance best = directory.best(ADDRESS, track, PLENTY, NOW);
    if (best != null) {
      best.taken();
    }
    return best;
  }

  private static List<String> signups(int count) {
    List<String> signups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      signups.add("signup_" + i);
    }
    return signups;
  }

  /** One that is for a canary with this share. */
  private static String canarys(int share) {
    return signups(1_000).stream()
        .filter(signup -> CanaryShares.place(signup) < share)
        .findFirst()
        .orElseThrow();
  }
}
