package dev.hookferry.query;

import java.util.List;
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
    data = List.copyOf(data);
  }

  /** Returns the page with every entry converted. */
  public <R> Page<R> map(Function<? super T, ? extends R> change) {
    return new Page<>(data.stream().<R>map(change).toList(), next);
  }
}
