package dev.hookferry.field;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values by name, with at most {@code max} entries.
 *
 * @param <T> the Java type of a value
 */
public record MapKind<T>(FieldKind<T> item, int max) implements FieldKind<Map<String, T>> {
  public MapKind {
    Objects.requireNonNull(item, "item");
  }

  @Override
  public @Nullable Map<String, T> read(FieldSource source, String name) {
    return source.map(name, this);
  }

  @Override
  public <R> R fold(FieldFold<R> fold) {
    return fold.map(this);
  }

  @Override
  public boolean allows(Map<String, T> value) {
    return value.size() <= max && value.values().stream().allMatch(item::allows);
  }

  @Override
  public String shown(Map<String, T> value) {
    return Integer.toString(value.size());
  }
}
