package dev.hookferry.field;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A list of {@code min} to {@code max} values, such as strings or objects.
 *
 * @param <T> the Java type of an element
 */
public record ListKind<T>(FieldKind<T> item, int min, int max) implements FieldKind<List<T>> {
  public ListKind {
    Objects.requireNonNull(item, "item");
  }

  @Override
  public @Nullable List<T> read(FieldSource source, String name) {
    return source.list(name, this);
  }

  @Override
  public <R> R fold(FieldFold<R> fold) {
    return fold.list(this);
  }

  @Override
  public boolean allows(List<T> value) {
    return min <= value.size() && value.size() <= max && value.stream().allMatch(item::allows);
  }

  @Override
  public String shown(List<T> value) {
    return Integer.toString(value.size());
  }
}
