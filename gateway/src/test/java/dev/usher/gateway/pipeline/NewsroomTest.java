package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewsroomTest {

  @TempDir Path folder;
  private final List<News> heard = new ArrayList<>();
  private Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(folder, 4).start(Rig.action("mail"), Rig.optional("list"));
  }

  @AfterEach
  void stop() {
    rig.journal.crash();
  }

  @Test
  void theLifeOfASignupIsToldAsItIsCommitted() {
    var unused = rig.pipeline.news().listen(heard::add);
    rig.invoker.slots("at.mail", 1);
    var unusedReceipt = rig.accept();
    assertThat(heard).isEmpty();
    rig.settle();
    assertThat(words()).containsExactly("signup.accepted");

    rig.answer(Outcome.SUCCEEDED);

    assertThat(words()).containsExactly("signup.accepted", "signup.completed");
    assertThat(heard)
        .allSatisfy(news -> assertThat(((News.OfSignup) news).signup()).isEqualTo("signup_1"));
  }

  @Test
  void deathOfWhatCannotBeWrittenIsToldToo() {
    rig.invoker.slots("at.mail", 1);
    rig.accepted();
    var unused = rig.pipeline.news().listen(heard::add);

    rig.invoker.answer(Outcome.SUCCEEDED);
    rig.journal.refuse(change -> change instanceof Change.End);
    rig.settle();

    assertThat(words()).containsExactly("delivery.dead", "signup.failed");
    assertThat(heard.get(0))
        .isEqualTo(
            new News.OfDelivery(
                News.Kind.DELIVERY_DEAD, rig.loop.now(), "signup_1", "mail", Cause.CORRUPT));
  }

  @Test
  void aDeadLetterIsToldWithItsCauseAndWhatItDidToTheSignup() {
    rig.invoker.slots("at.mail", 1);
    rig.accepted();
    var unused = rig.pipeline.news().listen(heard::add);

    rig.answer(Outcome.REJECTED);

    assertThat(words()).containsExactly("delivery.dead", "signup.failed");
    assertThat(heard.get(0))
        .isEqualTo(
            new News.OfDelivery(
                News.Kind.DELIVERY_DEAD, rig.loop.now(), "signup_1", "mail", Cause.REJECTED));
  }

  @Test
  void aSignupOwedNothingIsAcceptedAndCompleted() {
    rig.configure();
    var unused = rig.pipeline.news().listen(heard::add);

    rig.accepted();

    assertThat(words()).containsExactly("signup.accepted", "signup.completed");
  }

  @Test
  void anotherConfigurationNamesWhatChanged() {
    var unused = rig.pipeline.news().listen(heard::add);

    rig.configure(Rig.action("mail"), Rig.action("list"), Rig.optional("crm"));
    rig.configure(Rig.action("mail"), Rig.action("list"), Rig.optional("crm"));

    assertThat(heard)
        .containsExactly(
            new News.OfConfig(News.Kind.CONFIG_CHANGED, rig.loop.now(), 2, List.of("crm", "list")));
  }

  @Test
  void handlersThatComeAndGoAreMissedWithinASecond() {
    var unused = rig.pipeline.news().listen(heard::add);
    HandlerStatus handler =
        new HandlerStatus("i-1", "mail", true, "at.mail", "n-1", "1.0", "", "java", 8, 0, "up");

    rig.invoker.present(List.of(handler));
    rig.advance(Duration.ofSeconds(2));
    rig.invoker.present(List.of());
    rig.advance(Duration.ofSeconds(2));

    assertThat(words()).containsExactly("handler.joined", "handler.left");
    assertThat(heard).allMatch(news -> ((News.OfHandler) news).handler().equals(handler));
  }

  @Test
  void whoLeavesHearsNothingMoreAndAFaultyListenerHarmsNobody() {
    Runnable leave = rig.pipeline.news().listen(heard::add);
    var unused =
        rig.pipeline
            .news()
            .listen(
                news -> {
                  throw new IllegalStateException("deaf");
                });
    rig.accepted();
    leave.run();

    rig.accepted();

    assertThat(words()).containsExactly("signup.accepted");
    assertThat(rig.pipeline.totals().accepted()).isEqualTo(2);
  }

  private List<String> words() {
    return heard.stream().map(news -> news.kind().word()).toList();
  }
}
