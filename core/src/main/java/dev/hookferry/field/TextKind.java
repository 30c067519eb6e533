package dev.hookferry.field;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A string.
 *
 * @param pattern a regular expression, matched anywhere unless anchored, or null for any
 */
public record TextKind(int min, int max, @Nullable String pattern) implements FieldKind<String> {
  @Override
  public @Nullable String read(FieldSource source, String name) {
    return source.text(name, this);
  }

  @Override
  public <R> R fold(FieldFold<R> fold) {
    return fold.text(this);
  }

  @Override
  public boolean allows(String value) {
    return min <= value.length()
        && value.length() <= max
        && (pattern == null || Pattern.compile(pattern).matcher(value).find());
  }

  @Override
  public String shown(String value) {
    return value.length() + " characters";
  }
}
