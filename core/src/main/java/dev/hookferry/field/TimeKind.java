package dev.hookferry.field;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A point in time. */
public record TimeKind() implements FieldKind<Instant> {
  @Override
  public @Nullable Instant read(FieldSource source, String name) {
    return source.time(name);
  }

  @Override
  public <R> R fold(FieldFold<R> fold) {
    return fold.time();
  }
}
