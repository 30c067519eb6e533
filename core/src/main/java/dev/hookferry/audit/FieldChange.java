package dev.hookferry.audit;

import dev.hookferry.refusal.InvalidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The change of a field. Values are cut at 500 characters and never contain secrets.
 *
 * @param field the name of the field
 * @param before the old value, or null if there was none
 * @param after the new value, or null if it was removed
 */
public record FieldChange(String field, @Nullable String before, @Nullable String after) {
  private static final int MAX_LENGTH = 500;
  private static final String NONE = "\\N";

  public FieldChange {
    Objects.requireNonNull(field, "field");
    before = cut(before);
    after = cut(after);
  }

  private static @Nullable String cut(@Nullable String value) {
    return value == null || value.length() <= MAX_LENGTH
        ? value
        : value.substring(0, MAX_LENGTH - 1) + "…";
  }

  /**
   * Encodes changes as one text for stores: one line per change, with field, before and after
   * separated by tabs. {@code \N} stands for null; {@code \t}, {@code \n}, {@code \r} and {@code
   * \\} are escapes.
   */
  public static String write(List<FieldChange> changes) {
    Objects.requireNonNull(changes, "changes");
    StringBuilder text = new StringBuilder();
    for (FieldChange change : changes) {
      text.append(escaped(change.field)).append('\t');
      text.append(escaped(change.before)).append('\t');
      text.append(escaped(change.after)).append('\n');
    }
    return text.toString();
  }

  /**
   * Decodes the output of {@link #write}.
   *
   * @throws InvalidException if the text is malformed
   */
  public static List<FieldChange> read(String text) {
    Objects.requireNonNull(text, "text");
    List<FieldChange> changes = new ArrayList<>();
    for (String line : text.isEmpty() ? new String[0] : text.split("\n")) {
      String[] parts = line.split("\t", -1);
      String field = parts.length == 3 ? unescaped(parts[0]) : null;
      if (field == null) {
        throw InvalidException.of("changes", "must be lines of three parts with tabs between them");
      }
      changes.add(new FieldChange(field, unescaped(parts[1]), unescaped(parts[2])));
    }
    return changes;
  }

  private static String escaped(@Nullable String value) {
    return value == null
        ? NONE
        : value
            .replace("\\", "\\\\")
            .replace("\t", "\\t")
            .replace("\n", "\\n")
            .replace("\r", "\\r");
  }

  private static @Nullable String unescaped(String text) {
    if (text.equals(NONE)) {
      return null;
    }
    StringBuilder value = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        c = text.charAt(++i);
        value.append(c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c);
      } else {
        value.append(c);
      }
    }
    return value.toString();
  }
}
