package dev.hookferry.field;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Field values as read from a source; absent fields have no entry. Not thread-safe. */
public final class FieldValues {
  private final Map<FieldSpec<?>, Object> values = new HashMap<>();

  FieldValues() {}

  <T> void read(FieldSpec<T> field, FieldSource source) {
    T value = field.kind().read(source, field.name());
    if (value != null) {
      values.put(field, value);
    }
  }

  /** Returns the value of a field; null if it is absent. */
  @SuppressWarnings("unchecked") // Put under the same description, whose kind has this type.
  public <T> @Nullable T get(FieldSpec<T> field) {
    Objects.requireNonNull(field, "field");
    return (T) values.get(field);
  }
}
