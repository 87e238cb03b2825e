package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Macs;
import dev.usher.gateway.pipeline.Planning;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From the bytes of a request to its plan: UTF-8, JSON, schema, fingerprint, actions. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class IntakeMicro {

  private static final byte[] BODY =
      """
      {"username":"Ada Lovelace","email":"ada.0000001@example.com","subscribe":true,\
      "company":"Analytical Engines Ltd","country":"GB","locale":"en-GB","source":"landing-page-b",\
      "campaign":"spring-2026","referrer":"https://example.org/engines/difference",\
      "consent":{"terms":true,"version":7},"note":"met at the exhibition"}"""
          .getBytes(StandardCharsets.UTF_8);

  private final SignupBody bodies = new SignupBody(schema(), new Macs(new byte[32]));

  private static PayloadSchema schema() {
    try (InputStream file = IntakeMicro.class.getResourceAsStream("/signup.schema.json")) {
      return new PayloadSchema(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A signup that is fit. */
  @Benchmark
  public int plan() {
    return Planning.plan(bodies.read(BODY));
  }
}
