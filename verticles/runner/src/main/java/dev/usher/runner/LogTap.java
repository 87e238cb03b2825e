package dev.usher.runner;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.time.Instant;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the code of handlers logs, and the kit on their behalf: what comes from a thread that
 * runs for an artefact.
 */
final class LogTap extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final HandlerLogs logs;

  private LogTap(HandlerLogs logs) {
    this.logs = logs;
  }

  /** Keeps all that is logged in this process from now on. */
  static LogTap into(HandlerLogs logs) {
    LogTap tap = new LogTap(logs);
    tap.setContext(root().getLoggerContext());
    tap.start();
    root().addAppender(tap);
    return tap;
  }

  @Override
  protected void append(ILoggingEvent event) {
    ArtefactLoader.ofThread()
        .ifPresent(artefact -> logs.add(artefact.name(), line(artefact, event)));
  }

  /** Keeps nothing more. */
  @Override
  public void close() {
    boolean unused = root().detachAppender(this);
    stop();
  }

  private static LogLine line(Artefact artefact, ILoggingEvent event) {
    String trace =
        event.getThrowableProxy() == null
            ? ""
            : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()).stripTrailing();
    return new LogLine(
        Instant.ofEpochMilli(event.getTimeStamp()),
        artefact.terms().number(),
        event.getLevel().toString(),
        event.getFormattedMessage() + trace);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
