package dev.hookferry.field;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Nested fields.
 *
 * @param reader converts the fields to a value; returns null if a required field is absent, and
 *     throws {@link dev.hookferry.refusal.InvalidException} if the fields contradict each other
 * @param text the field that a string sets when given in place of an object; null if a string is
 *     invalid
 */
public record GroupKind<T>(
    FieldTable table, Function<FieldValues, @Nullable T> reader, @Nullable FieldSpec<String> text)
    implements FieldKind<T> {
  public GroupKind {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(reader, "reader");
  }

  /** Returns a copy that also accepts a string, as an object with this field alone. */
  public GroupKind<T> orText(FieldSpec<String> field) {
    return new GroupKind<>(table, reader, Objects.requireNonNull(field, "field"));
  }

  @Override
  public @Nullable T read(FieldSource source, String name) {
    FieldValues given = source.group(name, table);
    return given == null ? null : source.collect(name, () -> reader.apply(given));
  }

  @Override
  public <R> R fold(FieldFold<R> fold) {
    return fold.group(this);
  }
}
