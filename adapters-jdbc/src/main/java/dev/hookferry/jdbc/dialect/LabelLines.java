package dev.hookferry.jdbc.dialect;

import dev.hookferry.event.EventOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The column used in searches for labels and for fields of the data: one line of ASCII for each
 * label and each field.
 */
public final class LabelLines {
  /** First character of the line of a field; no label name begins with it. */
  private static final char FIELD = '/';

  private LabelLines() {}

  /** Returns the value of the column; null if there are neither labels nor fields. */
  public static @Nullable String of(EventOptions options) {
    if (options.labels().isEmpty() && options.searchFields().isEmpty()) {
      return null;
    }
    StringBuilder lines = new StringBuilder("\n");
    for (Map.Entry<String, String> label : options.labels().entrySet()) {
      append(lines, label.getKey(), label.getValue());
    }
    for (Map.Entry<String, String> field : options.searchFields().entrySet()) {
      append(lines.append(FIELD), field.getKey(), field.getValue());
    }
    return lines.toString();
  }

  /** Returns the line of a label, including the line breaks around it in the column. */
  public static String line(String name, String value) {
    StringBuilder line = new StringBuilder("\n");
    append(line, name, value);
    return line.toString();
  }

  /** Returns the line of a field of the data; see {@link #line}. */
  public static String fieldLine(String name, String value) {
    StringBuilder line = new StringBuilder("\n").append(FIELD);
    append(line, name, value);
    return line.toString();
  }

  /** Returns the hash of a line, for the table of fields. */
  public static long hash(String line) {
    long hash = 0xcbf2_9ce4_8422_2325L;
    for (int i = 0; i < line.length(); i++) {
      hash = (hash ^ line.charAt(i)) * 0x100_0000_01b3L;
    }
    return hash;
  }

  /** Escapes everything but printable ASCII, since the column may hold nothing else. */
  private static void append(StringBuilder lines, String name, String value) {
    lines.append(name).append(':');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '\\') {
        lines.append(c);
      } else {
        lines.append(String.format("\\%04x", (int) c));
      }
    }
    lines.append('\n');
  }
}
