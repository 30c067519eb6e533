package dev.hookferry.app.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** Records everything that this process logs: libraries from WARN on, Hookferry at all levels. */
final class LogTap extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final StringBuffer text = new StringBuffer();
  private final Logger root;
  private final Logger ours;
  private final Level before;
  private final Level rootBefore;

  LogTap() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    ours = context.getLogger("dev.hookferry");
    before = ours.getLevel();
    rootBefore = root.getLevel();
    setContext(context);
    start();
    root.addAppender(this);
    root.setLevel(Level.WARN);
    ours.setLevel(Level.DEBUG);
  }

  @Override
  protected void append(ILoggingEvent event) {
    text.append(event.getFormattedMessage()).append(' ').append(event.getKeyValuePairs());
    if (event.getThrowableProxy() != null) {
      text.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    text.append('\n');
  }

  String text() {
    return text.toString();
  }

  @Override
  public void close() {
    root.detachAppender(this);
    root.setLevel(rootBefore);
    ours.setLevel(before);
  }
}
