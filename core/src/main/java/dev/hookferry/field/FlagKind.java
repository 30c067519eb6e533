package dev.hookferry.field;

import org.jspecify.annotations.Nullable;

/** True or false. */
public record FlagKind() implements FieldKind<Boolean> {
  @Override
  public @Nullable Boolean read(FieldSource source, String name) {
    return source.flag(name);
  }

  @Override
  public <R> R fold(FieldFold<R> fold) {
    return fold.flag();
  }
}
