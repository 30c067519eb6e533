package dev.hookferry.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * A message without its trailing {@code key=value} pairs, and the pairs as fields. Loggers without
 * an API for pairs, such as {@link System.Logger}, have them in the message. Only our own messages
 * are split, because those of libraries may contain anything.
 *
 * @param event the text before the pairs
 * @param fields the pairs of the message, then those of the logging event: strings and numbers
 */
record StructuredMessage(String event, Map<String, Object> fields) {
  private static final String OURS = "dev.hookferry.";

  private static final Pattern KEY = Pattern.compile(" ([a-z][A-Za-z]*)=");

  /** Keys whose unquoted value is the rest of the message. */
  private static final Set<String> LAST = Set.of("cause", "problem");

  /**
   * Keys of counts. Others may be identifiers that consist of digits, and a collector expects one
   * type per field.
   */
  private static final Set<String> COUNTS =
      Set.of("bytes", "failures", "inFlight", "keys", "lines", "pending", "suppressed");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  /** Splits the message of a logging event. A message that does not parse is left whole. */
  static StructuredMessage of(ILoggingEvent event) {
    String message = String.valueOf(event.getFormattedMessage());
    Map<String, Object> fields = new LinkedHashMap<>();
    if (event.getLoggerName().startsWith(OURS)) {
      Matcher first = KEY.matcher(message);
      Map<String, Object> pairs = first.find() ? pairs(message, first.start()) : null;
      if (pairs != null) {
        fields.putAll(pairs);
        message = message.substring(0, first.start());
      }
    }
    List<KeyValuePair> own = event.getKeyValuePairs();
    if (own != null) {
      own.forEach(pair -> fields.put(pair.key, json(pair.value)));
    }
    return new StructuredMessage(message, fields);
  }

  /** Returns a value in JSON form: numbers as they are, everything else as a string. */
  private static Object json(@Nullable Object value) {
    return value instanceof Number ? value : String.valueOf(value);
  }

  /** Returns the pairs from this position to the end, or null if there is anything else. */
  private static @Nullable Map<String, Object> pairs(String message, int start) {
    Map<String, Object> pairs = new LinkedHashMap<>();
    Matcher key = KEY.matcher(message);
    int at = start;
    while (at < message.length()) {
      if (!key.region(at, message.length()).lookingAt()) {
        return null;
      }
      String name = key.group(1);
      int from = key.end();
      boolean isQuoted = message.startsWith("\"", from);
      int to = isQuoted ? closing(message, from + 1) : end(message, from, name);
      if (to < 0) {
        return null;
      }
      pairs.put(
          name,
          isQuoted
              ? unescaped(message.substring(from + 1, to))
              : bare(name, message.substring(from, to)));
      at = isQuoted ? to + 1 : to;
    }
    return pairs;
  }

  /** Returns the end of an unquoted value, which may contain spaces, as file paths do. */
  private static int end(String message, int from, String key) {
    Matcher next = KEY.matcher(message);
    return !LAST.contains(key) && next.find(from) ? next.start() : message.length();
  }

  /** Returns the position of the quote before the next key or the end; -1 if there is none. */
  private static int closing(String message, int from) {
    Matcher key = KEY.matcher(message);
    int at = from;
    while (at < message.length()) {
      int next = at + 1;
      char c = message.charAt(at);
      if (c == '"'
          && (next == message.length() || key.region(next, message.length()).lookingAt())) {
        return at;
      }
      at = c == '\\' ? next + 1 : next;
    }
    return -1;
  }

  private static String unescaped(String text) {
    return text.replaceAll("\\\\([\\\\\"])", "$1");
  }

  private static Object bare(String key, String value) {
    return COUNTS.contains(key) && NUMBER.matcher(value).matches() ? Long.valueOf(value) : value;
  }
}
