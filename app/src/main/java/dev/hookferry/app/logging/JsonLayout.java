package dev.hookferry.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes each event as one JSON object per line, for log collectors. */
public class JsonLayout extends LayoutBase<ILoggingEvent> {
  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public final String doLayout(ILoggingEvent event) {
    try {
      return mapper.writeValueAsString(fields(event)) + System.lineSeparator();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("unreachable: a map of strings and numbers is valid JSON", e);
    }
  }

  /** Returns the members of the object: strings and numbers, by name. */
  Map<String, Object> fields(ILoggingEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", TextLayout.TIME.format(event.getInstant()));
    line.put("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
    StructuredMessage message = StructuredMessage.of(event);
    line.put("message", message.event());
    line.putAll(message.fields());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.put("stack", ThrowableProxyUtil.asString(thrown));
    }
    return line;
  }
}
