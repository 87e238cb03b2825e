package dev.usher.runner;

import dev.usher.runner.process.Line;
import dev.usher.runner.process.Lines;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.StackWalker.StackFrame;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * A standard stream of this process: shows what is printed, and keeps in a handler's log what its
 * code does, line by line. Whose code it is, the thread tells, or else the classes that it runs.
 */
final class Printed extends OutputStream {

  private static final StackWalker CALLERS =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private static final String LOGGER = "ch.qos.logback.";

  /** Between this stream and a logger that writes to it there are a few of the JDK. */
  private static final int NEAR = 16;

  private final PrintStream shown;
  private final Charset charset;
  private final Function<String, Line> kind;
  private final HandlerLogs logs;

  /** Of each version the line that has no end yet, if there is one. */
  private final Map<Artefact, ByteArrayOutputStream> begun = new WeakHashMap<>();

  Printed(PrintStream shown, Charset charset, Function<String, Line> kind, HandlerLogs logs) {
    this.shown = shown;
    this.charset = charset;
    this.kind = kind;
    this.logs = logs;
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    shown.write(bytes, offset, length);
    ArtefactLoader.ofThread()
        .or(Printed::ofCallers)
        .filter(artefact -> !isLogged())
        .ifPresent(artefact -> keep(artefact, bytes, offset, length));
  }

  @Override
  public void flush() {
    shown.flush();
  }

  /** On a thread that belongs to nobody, such as those that all code of the JVM shares. */
  private static Optional<Artefact> ofCallers() {
    return CALLERS.walk(
        frames ->
            frames
                .map(StackFrame::getDeclaringClass)
                .flatMap(type -> ArtefactLoader.of(type).stream())
                .findFirst());
  }

  private static boolean isLogged() {
    return CALLERS.walk(
        frames -> frames.limit(NEAR).anyMatch(frame -> frame.getClassName().startsWith(LOGGER)));
  }

  private synchronized void keep(Artefact artefact, byte[] bytes, int offset, int length) {
    ByteArrayOutputStream line =
        begun.computeIfAbsent(artefact, any -> new ByteArrayOutputStream());
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] != '\n') {
        line.write(bytes[i]);
      }
      if (bytes[i] == '\n' || line.size() == Lines.LONGEST) {
        keep(artefact, line.toString(charset).stripTrailing());
        line.reset();
      }
    }
  }

  private void keep(Artefact artefact, String text) {
    Line line = kind.apply(text);
    logs.add(
        artefact.name(),
        new LogLine(
            Instant.now(), artefact.terms().number(), line.level().toString(), line.text()));
  }
}
