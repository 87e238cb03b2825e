package dev.usher.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import dev.usher.runner.EmbeddedRunner;
import org.slf4j.LoggerFactory;

/** Shows of the log what somebody wants to read who develops a handler; and every warning. */
final class HandlerLog extends Filter<ILoggingEvent> {

  private static final String RUNNER = "dev.usher.runner.";
  private static final String OF_PROCESS = "handler.";

  private HandlerLog() {}

  /** From now on nothing else is shown. */
  static void only() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.iteratorForAppenders().forEachRemaining(appender -> appender.addFilter(new HandlerLog()));
  }

  @Override
  public FilterReply decide(ILoggingEvent event) {
    String logger = event.getLoggerName();
    boolean isShown =
        event.getLevel().isGreaterOrEqual(Level.WARN)
            || logger.startsWith(RUNNER)
            || logger.startsWith(OF_PROCESS)
            || EmbeddedRunner.isHandlersThread();
    return isShown ? FilterReply.NEUTRAL : FilterReply.DENY;
  }
}
