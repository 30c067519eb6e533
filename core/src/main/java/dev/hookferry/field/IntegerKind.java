package dev.hookferry.field;

import org.jspecify.annotations.Nullable;

/** A whole number. */
public record IntegerKind(int min, int max) implements FieldKind<Integer> {
  @Override
  public @Nullable Integer read(FieldSource source, String name) {
    return source.integer(name, this);
  }

  @Override
  public <R> R fold(FieldFold<R> fold) {
    return fold.integer(this);
  }

  @Override
  public boolean allows(Integer value) {
    return min <= value && value <= max;
  }
}
