package dev.usher.benchmark.figures;

/**
 * One kind of figure.
 *
 * @param name its heading, with the unit
 * @param decimals how many of them tell anything
 */
public record Column(String name, int decimals) {

  public static final Column RATE = new Column("signups/s", 0);
  public static final Column RATIO = new Column("× floor", 2);
  public static final Column BESIDE_EMPTY = new Column("× empty", 2);
  public static final Column P50 = new Column("p50 ms", 2);
  public static final Column P99 = new Column("p99 ms", 2);
  public static final Column P999 = new Column("p99.9 ms", 2);
  public static final Column SERVER_CPU = new Column("server µs", 1);
  public static final Column HANDLERS_CPU = new Column("handlers µs", 1);
  public static final Column LOAD_CPU = new Column("load µs", 1);

  /** Requests that were not answered 2xx; any but 0 spoils the other figures of its row. */
  public static final Column REFUSED = new Column("refused", 0);

  public static final Column HEAP = new Column("live heap MiB", 0);
  public static final Column RESIDENT = new Column("resident MiB", 0);

  /** Bytes in one. */
  public static final double MEBIBYTE = 1 << 20;

  public static final Column READY = new Column("ready after s", 2);
}
