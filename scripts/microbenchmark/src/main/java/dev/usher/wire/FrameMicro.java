package dev.usher.wire;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Frames between gateway and handlers, there and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // by @Setup
public class FrameMicro {

  private static final byte[] PAYLOAD =
      "{\"username\":\"Ada Lovelace\",\"email\":\"ada.lovelace@example.com\",\"subscribe\":true,\"note\":\"%s\"}"
          .replace("%s", "x".repeat(200))
          .getBytes(StandardCharsets.UTF_8);

  /** Deliveries in a frame. */
  @Param({"1", "16", "64"})
  public int items;

  private DeliveryFrame deliveries;
  private OutcomeFrame outcomes;

  /** Makes what is to be sent. */
  @Setup
  public void fill() {
    deliveries =
        new DeliveryFrame(
            "a-gateway", IntStream.range(0, items).mapToObj(FrameMicro::delivery).toList());
    outcomes =
        new OutcomeFrame(
            "an-instance", IntStream.range(0, items).mapToObj(FrameMicro::outcome).toList());
  }

  private static DeliveryFrame.Item delivery(int number) {
    return new DeliveryFrame.Item(id(number), 1, 30_000, 1_790_000_000_000L, "", PAYLOAD);
  }

  private static OutcomeFrame.Item outcome(int number) {
    return new OutcomeFrame.Item(
        id(number), 1, OutcomeFrame.Verdict.SUCCEEDED, OutcomeFrame.NO_RETRY_AFTER, "");
  }

  private static String id(int number) {
    return "signup_01kd8v4m9gehx8c3cx2bn0q" + (100 + number) + ".first";
  }

  /** Deliveries, as a gateway sends and a handler reads them. */
  @Benchmark
  public DeliveryFrame deliveries() {
    return DeliveryFrame.decode(deliveries.encode());
  }

  /** Outcomes, as a handler sends and a gateway reads them. */
  @Benchmark
  public OutcomeFrame outcomes() {
    return OutcomeFrame.decode(outcomes.encode());
  }
}
