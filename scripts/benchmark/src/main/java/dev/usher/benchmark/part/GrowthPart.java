package dev.usher.benchmark.part;

import dev.usher.benchmark.Bench;
import dev.usher.benchmark.BenchFailed;
import dev.usher.benchmark.Scale;
import dev.usher.benchmark.figures.Column;
import dev.usher.benchmark.figures.Measurements;
import dev.usher.benchmark.load.Load;
import dev.usher.benchmark.process.Gateway;
import dev.usher.benchmark.process.Ground;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Whether what has piled up over months makes anything slower. */
public final class GrowthPart implements Part {

  private static final int LOOKED_UP = 5_000;
  private static final Duration LOOKING = Duration.ofSeconds(3);
  private static final Column SIZE = new Column("journal MiB", 0);

  private record Look(String name, Column half, Column most) {

    Look(String name) {
      this(name, new Column(name + " p50 ms", 2), new Column(name + " p99 ms", 2));
    }
  }

  private static final Look RECEIPT = new Look("receipt");
  private static final Look LIST = new Look("list");
  private static final Look SEARCH = new Look("by e-mail");

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public String title() {
    return "Growth";
  }

  @Override
  public String meaning() {
    return """
        Accepted signups a second at 64 connections beside settled ones of the last 60 days. Those are written into
        the journal by SQL before the first round; a gateway then opens it, and its books have to fit. Receipt: `GET
        /signups/{id}` of any of them. List: the newest 50 by `GET /admin/signups`. By e-mail: the same for an address
        that nobody has. One client, one request after the other, in a page cache that holds what it can. What a round
        accepts stays for the next one.
        """;
  }

  @Override
  public void prepare(Bench bench) {
    for (long size : bench.scale().settled()) {
      bench.say("writing a journal with " + row(size));
      var unused = SettledJournal.make(bench, folder(size), AcceptedPart.ACTIONS, size);
    }
  }

  @Override
  public void measure(Bench bench) {
    for (long size : bench.scale().settled()) {
      measure(bench, size);
      bench.processes().killAll();
    }
  }

  private void measure(Bench bench, long size) {
    Ground ground = new Ground(bench.work(folder(size)));
    Path receipts = size == 0 ? bench.work("none") : receipts(bench, ground, size);
    Gateway gateway = bench.gateway(ground);
    if (gateway.totals().completed() != size) {
      throw new BenchFailed("the books of the written journal say " + gateway.totals());
    }
    Measurements figures = bench.measurements();
    String row = row(size);
    bench.warmUp(gateway);
    Load load =
        bench.wrk().signups(gateway.signups(), Scale.USUAL_CONNECTIONS, bench.scale().time());
    figures.add(name(), row, Column.RATE, load.rate());
    double empty = figures.latest(name(), row(0), Column.RATE).orElseThrow();
    figures.add(name(), row, Column.BESIDE_EMPTY, load.rate() / empty);
    figures.addTimes(name(), row, load);
    if (size > 0) {
      look(bench, row, RECEIPT, gateway.signups(), receipts);
    }
    URI admin = gateway.admin("/");
    look(bench, row, LIST, admin, list(bench, "/admin/signups?limit=50"), gateway.token());
    Path nobody = list(bench, "/admin/signups?limit=50&email=nobody@example.com");
    look(bench, row, SEARCH, admin, nobody, gateway.token());
    figures.add(name(), row, Column.READY, gateway.process().awaitReady().toNanos() / 1e9);
    figures.add(name(), row, SIZE, size(ground.journal()) / Column.MEBIBYTE);
  }

  private void look(Bench bench, String row, Look look, URI target, Path paths, String... token) {
    Duration time = bench.scale().time().compareTo(LOOKING) < 0 ? bench.scale().time() : LOOKING;
    Load load = bench.wrk().gets(target, paths, time, token);
    if (load.refused() > 0) {
      throw new BenchFailed(load.refused() + " times no answer to " + look.name());
    }
    bench.measurements().add(name(), row, look.half(), load.millis(50));
    bench.measurements().add(name(), row, look.most(), load.millis(99));
  }

  /** Any of them, in no order. */
  private static Path receipts(Bench bench, Ground ground, long size) {
    try (JournalFile journal = new JournalFile(ground)) {
      String ids =
          String.format(
              Locale.ROOT,
              """
              WITH RECURSIVE draw(n, seq) AS (
                SELECT 1, 1 UNION ALL SELECT n + 1, 1 + abs(random() %% %d) FROM draw WHERE n < %d)
              SELECT '/signups/' || id FROM draw JOIN signup USING (seq)
              """,
              size,
              LOOKED_UP);
      return write(bench.work("receipts"), journal.texts(ids));
    }
  }

  private static Path list(Bench bench, String path) {
    return write(bench.work("list"), List.of(path));
  }

  private static Path write(Path file, List<String> lines) {
    try {
      return Files.write(file, lines);
    } catch (IOException e) {
      throw new BenchFailed("can't write " + file, e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new BenchFailed("can't see " + file, e);
    }
  }

  private static String folder(long size) {
    return "settled-" + size;
  }

  private static String row(long size) {
    return String.format(Locale.ROOT, "%,d settled", size);
  }
}
