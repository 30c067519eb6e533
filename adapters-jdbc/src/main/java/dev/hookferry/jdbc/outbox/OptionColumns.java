package dev.hookferry.jdbc.outbox;

import dev.hookferry.event.NewEvent;
import dev.hookferry.event.TraceContext;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a row's optional fields, as its producer wrote them.
 *
 * @param labels a JSON object of strings
 * @param addressedTo a JSON array of ids or uids of endpoints
 * @param deliverAt when to send the event
 * @param orderingKey its ordering key
 * @param routing a JSON object of strings
 * @param subject the person or thing that the event is about, in plain text
 * @param trace the event's position in a trace, in the format of W3C Trace Context
 * @param traceState the state of that trace, in the format of W3C Trace Context
 */
record OptionColumns(
    @Nullable String labels,
    @Nullable String addressedTo,
    @Nullable Instant deliverAt,
    @Nullable String orderingKey,
    @Nullable String routing,
    @Nullable String subject,
    @Nullable String trace,
    @Nullable String traceState) {
  /** The columns that every outbox has. */
  static final String NAMES = "labels, addressed_to, deliver_at, ordering_key, routing, subject";

  /** The trace columns, which tables of older versions lack. */
  static final String TRACE_NAMES = ", traceparent, tracestate";

  /**
   * Reads the columns.
   *
   * @param hasTrace whether the trace columns were selected
   * @param deliverAt the time in {@code deliver_at}
   */
  static OptionColumns read(ResultSet row, @Nullable Instant deliverAt, boolean hasTrace)
      throws SQLException {
    return new OptionColumns(
        row.getString("labels"),
        row.getString("addressed_to"),
        deliverAt,
        row.getString("ordering_key"),
        row.getString("routing"),
        row.getString("subject"),
        hasTrace ? row.getString("traceparent") : null,
        hasTrace ? row.getString("tracestate") : null);
  }

  /**
   * Sets the parameters of an INSERT, in the order of {@link #NAMES}, and of {@link #TRACE_NAMES}
   * if the event has a trace.
   */
  static void write(OutboxDialect dialect, PreparedStatement insert, int first, NewEvent event)
      throws SQLException {
    insert.setString(first, text(event.labels()));
    insert.setString(first + 1, text(event.to()));
    dialect.writeTime(insert, first + 2, event.deliverAt());
    insert.setString(first + 3, event.orderingKey());
    insert.setString(first + 4, text(event.routing()));
    insert.setString(first + 5, event.subject());
    TraceContext trace = event.trace();
    if (trace != null) {
      insert.setString(first + 6, trace.text());
      insert.setString(first + 7, trace.state().isEmpty() ? null : trace.state());
    }
  }

  private static @Nullable String text(Map<String, String> pairs) {
    JsonWriter json = new JsonWriter();
    pairs.forEach(json::text);
    return pairs.isEmpty() ? null : json.end();
  }

  private static @Nullable String text(List<String> names) {
    String object = new JsonWriter().texts("to", names).end();
    return names.isEmpty() ? null : object.substring("{\"to\":".length(), object.length() - 1);
  }

  /** Returns the size of the strings in characters. */
  int length() {
    return Stream.of(labels, addressedTo, orderingKey, routing, subject, trace, traceState)
        .filter(Objects::nonNull)
        .mapToInt(String::length)
        .sum();
  }

  /**
   * Returns the event with these fields added; adds a problem for each column with an invalid
   * value.
   */
  NewEvent addTo(NewEvent event, Problems problems) {
    NewEvent all = event;
    all = with(all, problems, labels, (e, text) -> e.labels(pairs("labels", text)));
    all = with(all, problems, addressedTo, (e, text) -> e.to(names(text)));
    all = with(all, problems, deliverAt, NewEvent::deliverAt);
    all = with(all, problems, orderingKey, NewEvent::orderingKey);
    all = with(all, problems, routing, (e, text) -> e.routing(pairs("routing", text)));
    all = with(all, problems, subject, NewEvent::subject);
    // A malformed trace is ignored, as in headers.
    if (trace != null && TraceContext.find(trace).isPresent()) {
      all = all.traceparent(trace);
      all = traceState == null ? all : all.tracestate(traceState);
    }
    return all;
  }

  private static <T> NewEvent with(
      NewEvent event,
      Problems problems,
      @Nullable T value,
      BiFunction<NewEvent, T, NewEvent> setter) {
    NewEvent changed =
        value == null ? event : problems.collect("", () -> setter.apply(event, value));
    return changed == null ? event : changed;
  }

  private static Map<String, String> pairs(String column, String text) {
    try {
      return JsonMembers.parse("{\"pairs\":" + text + "}", json -> json.textsByName("pairs"));
    } catch (IllegalArgumentException e) {
      throw InvalidException.of(column, "must be a JSON object of strings");
    }
  }

  private static List<String> names(String text) {
    try {
      return JsonMembers.parse(
          "{\"to\":" + text + "}", json -> json.texts("to", Function.identity()));
    } catch (IllegalArgumentException e) {
      throw InvalidException.of("addressed_to", "must be a JSON array of strings");
    }
  }
}
