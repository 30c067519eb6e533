package dev.hookferry.query;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param data the entries, newest first
 * @param next cursor of the next page, or null on the last page
 */
public record Page<T>(List<T> data, @Nullable String next) {
  public Page {
    Objects.requireNonNull(data, "data");
    data = List.copyOf(data);
  }

  /** Returns a page with each entry converted and the same cursor. */
  public <R> Page<R> map(Function<? super T, ? extends R> change) {
    Objects.requireNonNull(change, "change");
    return new Page<>(data.stream().<R>map(change).toList(), next);
  }
}
