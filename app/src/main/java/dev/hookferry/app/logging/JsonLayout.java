package dev.hookferry.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/** Writes each event as one JSON object per line, for log collectors. */
final class JsonLayout extends LayoutBase<ILoggingEvent> {
  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public String doLayout(ILoggingEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", TextLayout.TIME.format(event.getInstant()));
    line.put("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
    line.put("message", event.getFormattedMessage());
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        line.put(pair.key, pair.value instanceof Number n ? n : String.valueOf(pair.value));
      }
    }
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.put("stack", ThrowableProxyUtil.asString(thrown));
    }
    try {
      return mapper.writeValueAsString(line) + System.lineSeparator();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts and numbers is JSON", e);
    }
  }
}
