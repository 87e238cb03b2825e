package dev.usher.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code usher top}: the gateway at work, live. */
@Command(
    name = "top",
    description =
        "Show the gateway at work, live: signups, what each action does and waits for, handlers,"
            + " the latest news.",
    footer = {"", "q or Ctrl-C ends it. Piped, it prints a JSON object a second."})
final class Top implements Callable<Integer> {

  private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Surroundings surroundings;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(names = "--once", description = "Print one page and end.")
  private boolean isOnce;

  private final TopState state = new TopState();
  private long shownNanos;

  Top(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    Console console = surroundings.console();
    Gateway gateway = options.open(surroundings);
    TopPage page = new TopPage(state, gateway.endpoint().base().toString());
    Following feed = new Following(gateway, "/admin/events", console);
    if (isOnce) {
      feed.each(event -> !state.take(event, System.nanoTime()));
      print(console, page);
    } else if (output.isJson(console)) {
      feed.each(event -> shown(event, LINE_NANOS, () -> console.print(Json.line(state.json()))));
    } else {
      onScreen(console, feed, page);
    }
    return Exit.OK.code();
  }

  private void print(Console console, TopPage page) {
    if (output.isJson(console)) {
      console.print(Json.line(state.json()));
    } else {
      page.print(console);
    }
  }

  private void onScreen(Console console, Following feed, TopPage page) throws CommandFailed {
    // The first events come before the screen is taken: a refusal is then read where it belongs.
    feed.each(event -> !state.take(event, System.nanoTime()));
    quitOnKey(console.in(), feed);
    try (Screen screen = new Screen(console)) {
      screen.draw(page::print);
      feed.each(event -> shown(event, FRAME_NANOS, () -> screen.draw(page::print)));
    }
  }

  /** Takes an event in and shows it, unless that was done just before: the next ones will. */
  private boolean shown(Events.Event event, long every, Runnable show) {
    long now = System.nanoTime();
    if (state.take(event, now) && now - shownNanos >= every) {
      shownNanos = now;
      show.run();
    }
    return true;
  }

  private static void quitOnKey(InputStream keys, Following feed) {
    Thread reader = new Thread(() -> awaitQuit(keys, feed), "keys");
    reader.setDaemon(true);
    reader.start();
  }

  private static void awaitQuit(InputStream keys, Following feed) {
    try {
      for (int key = keys.read(); key >= 0; key = keys.read()) {
        if (key == 'q' || key == 'Q') {
          feed.end();
          return;
        }
      }
    } catch (IOException noKeys) {
      // Ctrl-C is left.
    }
  }
}
