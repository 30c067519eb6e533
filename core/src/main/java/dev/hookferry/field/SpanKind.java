package dev.hookferry.field;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A duration, written as a string such as {@code 10s}. */
public record SpanKind(Duration min, Duration max) implements FieldKind<Duration> {
  public SpanKind {
    Objects.requireNonNull(min, "min");
    Objects.requireNonNull(max, "max");
  }

  @Override
  public @Nullable Duration read(FieldSource source, String name) {
    return source.span(name, this);
  }

  @Override
  public <R> R fold(FieldFold<R> fold) {
    return fold.span(this);
  }

  @Override
  public boolean allows(Duration value) {
    return min.compareTo(value) <= 0 && value.compareTo(max) <= 0;
  }

  @Override
  public String shown(Duration value) {
    return value.toNanosPart() % 1_000_000 == 0 ? DurationText.of(value) : value.toString();
  }
}
