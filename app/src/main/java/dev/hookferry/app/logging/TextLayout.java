package dev.hookferry.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import dev.hookferry.app.text.LineText;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * Writes each event as a text line: time, level, message, {@code key=value} pairs. A stack trace
 * follows if the level is ERROR or the logger is at DEBUG; otherwise, the line contains only the
 * cause.
 */
public final class TextLayout extends LayoutBase<ILoggingEvent> {
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(TIME.format(event.getInstant()));
    line.append(' ').append(String.format("%-5s", event.getLevel())).append(' ');
    line.append(LineText.printable(event.getFormattedMessage()));
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        line.append(' ').append(pair.key).append('=');
        line.append(LineText.value(String.valueOf(pair.value)));
      }
    }
    IThrowableProxy thrown = event.getThrowableProxy();
    boolean isShort = thrown instanceof ThrowableProxy && !hasStack(event);
    if (isShort) {
      String cause = Causes.of(((ThrowableProxy) thrown).getThrowable());
      line.append(" cause=").append(LineText.value(cause));
    }
    line.append(System.lineSeparator());
    if (thrown != null && !isShort) {
      line.append(ThrowableProxyUtil.asString(thrown));
    }
    return line.toString();
  }

  private boolean hasStack(ILoggingEvent event) {
    return event.getLevel().isGreaterOrEqual(Level.ERROR)
        || (getContext() instanceof LoggerContext context
            && context.getLogger(event.getLoggerName()).isDebugEnabled());
  }
}
