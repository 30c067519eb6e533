package dev.hookferry.field;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Nested fields.
 *
 * @param reader makes the value; returns null if a required field is absent
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
    return given == null ? null : reader.apply(given);
  }

  @Override
  public <R> R fold(FieldFold<R> fold) {
    return fold.group(this);
  }
}
