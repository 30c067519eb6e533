package dev.hookferry.jdbc.dialect;

import dev.hookferry.body.BodyVersion;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.Timing;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns that describe an attempt itself, as opposed to the delivery it belongs to. Single
 * definition for all statements.
 */
public final class AttemptColumns {
  private static final List<Field> FIELDS =
      List.of(
          new Field(ColumnRows.integer("number"), Attempt::number),
          new Field(ColumnRows.time("started_at"), Attempt::startedAt),
          new Field(ColumnRows.longInteger("took_ms"), a -> a.outcome().took().toMillis()),
          new Field(ColumnRows.text("url"), Attempt::url),
          new Field(ColumnRows.text("outcome"), a -> a.outcome().kind().code()),
          new Field(ColumnRows.integer("status"), ofResponse(Response::status)),
          new Field(ColumnRows.text("detail"), a -> a.outcome().detail()),
          new Field(ColumnRows.text("response_content_type"), ofResponse(Response::contentType)),
          new Field(ColumnRows.text("response_retry_after"), ofResponse(Response::retryAfter)),
          new Field(ColumnRows.flag("response_truncated"), AttemptColumns::isTruncated),
          new Field(ColumnRows.bytes("response_body"), ofResponse(r -> r.body().unsafeBytes())),
          new Field(ColumnRows.text("timing"), AttemptColumns::timing),
          new Field(ColumnRows.text("response_headers"), ofResponse(AttemptColumns::headers)),
          new Field(ColumnRows.text("sent_as"), AttemptColumns::sentAs));

  private AttemptColumns() {}

  /** A column with the function that reads its value from an attempt. */
  private record Field(ColumnRows.Column column, Function<Attempt, @Nullable Object> value) {}

  private static Function<Attempt, @Nullable Object> ofResponse(
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

  private static @Nullable String sentAs(Attempt attempt) {
    BodyVersion body = attempt.body();
    return body == null ? null : body.text();
  }

  private static @Nullable String headers(Response response) {
    return response.headers().isEmpty() ? null : response.headers().text();
  }

  /** Returns the column names, each with the prefix, separated by commas. */
  public static String names(String prefix) {
    return FIELDS.stream().map(f -> prefix + f.column.name()).collect(Collectors.joining(", "));
  }

  /** Returns empty rows with the given columns, followed by those of an attempt. */
  public static ColumnRows after(ColumnRows.Column... first) {
    return ColumnRows.of(
        Stream.concat(Stream.of(first), FIELDS.stream().map(f -> f.column.empty()))
            .toArray(ColumnRows.Column[]::new));
  }

  /**
   * Adds a row with the given values, followed by those of an attempt; nulls if there is no
   * attempt.
   */
  public static void add(ColumnRows rows, @Nullable Attempt attempt, @Nullable Object... first) {
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
