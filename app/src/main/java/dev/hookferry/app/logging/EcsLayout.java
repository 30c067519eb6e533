package dev.hookferry.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.hookferry.app.text.Version;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes each event as one JSON object per line, with the field names of the Elastic Common Schema.
 * Fields that the schema does not define are below {@code hookferry}, because names such as {@code
 * event} have another meaning in the schema.
 */
public final class EcsLayout extends JsonLayout {
  private static final String VERSION = "8.11.0";
  private static final String OURS = "hookferry.";
  private static final Map<String, String> NAMES =
      Map.of(LogNames.TRACE, "trace.id", LogNames.SPAN, "span.id");

  @Override
  Map<String, Object> fields(ILoggingEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("@timestamp", TextLayout.TIME.format(event.getInstant()));
    line.put("log.level", event.getLevel().toString());
    StructuredMessage message = StructuredMessage.of(event);
    line.put("message", message.event());
    line.put("ecs.version", VERSION);
    line.put("service.name", "hookferry");
    line.put("service.version", Version.text());
    line.put("log.logger", event.getLoggerName());
    line.put("process.thread.name", event.getThreadName());
    message.fields().forEach((key, value) -> line.put(NAMES.getOrDefault(key, OURS + key), value));
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.put("error.type", thrown.getClassName());
      line.put("error.message", String.valueOf(thrown.getMessage()));
      line.put("error.stack_trace", ThrowableProxyUtil.asString(thrown));
    }
    return line;
  }
}
