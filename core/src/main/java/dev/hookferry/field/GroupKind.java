package dev.hookferry.field;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Nested fields.
 *
 * @param reader makes the value; returns null if a required field is absent, and throws {@link
 *     dev.hookferry.refusal.InvalidException} if the fields do not go together
 * @param text the field that a string stands for where an object could be; null if a string is
 *     invalid
 */
public record GroupKind<T>(
    FieldTable table, Function<FieldValues, @Nullable T> reader, @Nullable FieldSpec<String> text)
    implements FieldKind<T> {
  public GroupKind {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(reader, "reader");
  }

  /** Returns a copy in which a string stands for an object with this field alone. */
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
