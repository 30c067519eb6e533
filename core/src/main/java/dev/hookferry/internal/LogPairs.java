package dev.hookferry.internal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Key-value pairs of a log line, in the order in which they were added. Not thread-safe. */
final class LogPairs {
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_./:@%+,#*-]+");

  private final StringBuilder text = new StringBuilder();

  /** Adds a pair, unless the value is null; quotes the value unless it is a plain word. */
  LogPairs add(String key, @Nullable Object value) {
    if (value != null) {
      text.append(' ').append(key).append('=').append(shown(value.toString()));
    }
    return this;
  }

  /** Adds a number, unless it is zero. */
  LogPairs addCount(String key, long count) {
    return count == 0 ? this : add(key, count);
  }

  private static String shown(String value) {
    if (BARE.matcher(value).matches()) {
      return value;
    }
    String line = value.replaceAll("\\p{Cntrl}+", " ");
    return '"' + line.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Returns all pairs, each with a space before it. */
  @Override
  public String toString() {
    return text.toString();
  }
}
