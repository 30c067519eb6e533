package dev.hookferry.jdbc.log;

import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Page cursors. A cursor names the last item of the previous page. */
final class Cursors {
  private Cursors() {}

  /**
   * Parses a cursor, or returns null for the first page.
   *
   * @param parser parses a cursor; throws an exception for any other text
   */
  static <T> @Nullable T read(PageRequest request, Function<String, T> parser) {
    if (request.cursor() == null) {
      return null;
    }
    try {
      return parser.apply(request.cursor());
    } catch (InvalidException | IllegalArgumentException e) {
      throw InvalidException.of(
          "cursor", "must be the \"next\" value of the previous page, unchanged");
    }
  }

  /**
   * Returns the number of rows to read: one more than fits on the page, to show whether there is
   * another page.
   */
  static int rows(PageRequest request) {
    return request.limit() + 1;
  }

  static <T> Page<T> page(List<T> rows, PageRequest request, Function<T, String> cursor) {
    if (rows.size() <= request.limit()) {
      return new Page<>(rows, null);
    }
    List<T> data = rows.subList(0, request.limit());
    return new Page<>(data, cursor.apply(data.get(data.size() - 1)));
  }
}
