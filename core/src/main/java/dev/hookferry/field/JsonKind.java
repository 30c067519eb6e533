package dev.hookferry.field;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object with its own parser, rather than a table of fields.
 *
 * @param reader converts the object's text to a value; throws an {@link
 *     dev.hookferry.refusal.InvalidException} that names the field
 * @param <T> the Java type of a value, whose string form is the object
 */
public record JsonKind<T>(Function<String, T> reader) implements FieldKind<T> {
  public JsonKind {
    Objects.requireNonNull(reader, "reader");
  }

  @Override
  public @Nullable T read(FieldSource source, String name) {
    return source.json(name, this);
  }

  @Override
  public <R> R fold(FieldFold<R> fold) {
    return fold.json(this);
  }
}
