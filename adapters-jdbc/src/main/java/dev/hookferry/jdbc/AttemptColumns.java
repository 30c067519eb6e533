package dev.hookferry.jdbc;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.Timing;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The columns of an attempt itself, besides those that say whose it is: the one list of them. */
final class AttemptColumns {
  private static final List<Field> FIELDS =
      List.of(
          new Field(Rows.integer("number"), Attempt::number),
          new Field(Rows.time("started_at"), Attempt::startedAt),
          new Field(Rows.longInteger("took_ms"), a -> a.outcome().took().toMillis()),
          new Field(Rows.text("url"), Attempt::url),
          new Field(Rows.text("outcome"), a -> a.outcome().kind().word()),
          new Field(Rows.integer("status"), answer(Response::status)),
          new Field(Rows.text("detail"), a -> a.outcome().detail()),
          new Field(Rows.text("response_content_type"), answer(Response::contentType)),
          new Field(Rows.text("response_retry_after"), answer(Response::retryAfter)),
          new Field(Rows.flag("response_truncated"), AttemptColumns::isTruncated),
          new Field(Rows.bytes("response_body"), answer(r -> r.body().unsafeBytes())),
          new Field(Rows.text("timing"), AttemptColumns::timing),
          new Field(Rows.text("response_headers"), answer(AttemptColumns::headers)));

  private AttemptColumns() {}

  /** A column and what an attempt has in it. */
  private record Field(Rows.Column column, Function<Attempt, @Nullable Object> value) {}

  private static Function<Attempt, @Nullable Object> answer(
      Function<Response, @Nullable Object> value) {
    return attempt -> {
      Response response = attempt.outcome().response();
      return response == null ? null : value.apply(response);
    };
  }

  private static boolean isTruncated(Attempt attempt) {
    Response response = attempt.outcome().response();
    return response != null && response.truncated();
  }

  private static @Nullable String timing(Attempt attempt) {
    Timing timing = attempt.outcome().timing();
    return timing == null ? null : timing.text();
  }

  private static @Nullable String headers(Response response) {
    return response.headers().isEmpty() ? null : response.headers().text();
  }

  /** Their names, each after the prefix, parted by commas. */
  static String names(String prefix) {
    return FIELDS.stream().map(f -> prefix + f.column.name()).collect(Collectors.joining(", "));
  }

  /** Empty rows of these columns and, after them, those of an attempt. */
  static Rows after(Rows.Column... first) {
    return Rows.of(
        Stream.concat(Stream.of(first), FIELDS.stream().map(f -> f.column.empty()))
            .toArray(Rows.Column[]::new));
  }

  /** Adds a row of these values and, after them, those of an attempt; null for none. */
  static void add(Rows rows, @Nullable Attempt attempt, @Nullable Object... first) {
    @Nullable Object[] values = new Object[first.length + FIELDS.size()];
    System.arraycopy(first, 0, values, 0, first.length);
    if (attempt != null) {
      for (int i = 0; i < FIELDS.size(); i++) {
        values[first.length + i] = FIELDS.get(i).value.apply(attempt);
      }
    }
    rows.add(values);
  }
}
