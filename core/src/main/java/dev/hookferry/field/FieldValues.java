package dev.hookferry.field;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values of fields. A field is absent, has a value (possibly empty), or is reset to its default;
 * these are three distinct states. Immutable.
 */
public final class FieldValues {
  /** No fields. */
  public static final FieldValues NONE = new FieldValues(new HashMap<>());

  private final Map<FieldSpec<?>, @Nullable Object> values;

  private FieldValues(Map<FieldSpec<?>, @Nullable Object> values) {
    this.values = values;
  }

  /** Returns a copy in which a field has this value. */
  public <T> FieldValues with(FieldSpec<T> field, T value) {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(value, "value");
    return changed(field, value);
  }

  /** Returns a copy in which a field is reset to its default. */
  public FieldValues withReset(FieldSpec<?> field) {
    Objects.requireNonNull(field, "field");
    return changed(field, null);
  }

  /** Returns a copy in which a field is absent. */
  public FieldValues without(FieldSpec<?> field) {
    Objects.requireNonNull(field, "field");
    Map<FieldSpec<?>, @Nullable Object> copy = new HashMap<>(values);
    copy.remove(field);
    return new FieldValues(copy);
  }

  private FieldValues changed(FieldSpec<?> field, @Nullable Object value) {
    Map<FieldSpec<?>, @Nullable Object> copy = new HashMap<>(values);
    copy.put(field, value);
    return new FieldValues(copy);
  }

  /** Returns the value of a field; null if it is absent or reset. */
  @SuppressWarnings("unchecked") // Values are stored under a field of their type.
  public <T> @Nullable T get(FieldSpec<T> field) {
    Objects.requireNonNull(field, "field");
    return (T) values.get(field);
  }

  /** Returns the value of a field, or {@code kept} if it is absent or reset. */
  public <T> T get(FieldSpec<T> field, T kept) {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(kept, "kept");
    T value = get(field);
    return value == null ? kept : value;
  }

  /** Returns whether a field is reset to its default. */
  public boolean isReset(FieldSpec<?> field) {
    Objects.requireNonNull(field, "field");
    return values.containsKey(field) && values.get(field) == null;
  }
}
