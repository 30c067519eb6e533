package dev.hookferry.field;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Nested fields.
 *
 * @param reader makes the value; returns null if a required field is absent, and throws {@link
 *     dev.hookferry.refusal.InvalidException} if the fields do not go together
 */
public record GroupKind<T>(FieldTable table, Function<FieldValues, @Nullable T> reader)
    implements FieldKind<T> {
  public GroupKind {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(reader, "reader");
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
