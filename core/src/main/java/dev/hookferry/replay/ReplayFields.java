package dev.hookferry.replay;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.event.SearchFields;
import dev.hookferry.field.ChoiceKind;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The fields of replay requests. */
public final class ReplayFields {
  /** Default rate in deliveries per second; low enough for any receiver. */
  public static final int DEFAULT_RATE = 10;

  /** Maximum number of event types in one replay. */
  private static final int MAX_TYPES = 100;

  private static final ChoiceKind RETRYABLE =
      FieldKind.choice(
          Stream.of(ReplayWindow.PENDING, ReplayWindow.ENDED)
              .flatMap(Set::stream)
              .map(DeliveryState::code)
              .toArray(String[]::new));

  /** The start of the window. */
  public static final FieldSpec<Instant> SINCE =
      FieldSpec.of("since", FieldKind.time(), "Created at this time or later.")
          .example(Instant.parse("2026-01-01T00:00:00Z"));

  /** The end of the window. */
  public static final FieldSpec<Instant> UNTIL =
      FieldSpec.of("until", FieldKind.time(), "Created before this time.").fallback("now");

  /** A single endpoint. */
  public static final FieldSpec<String> ENDPOINT =
      FieldSpec.of(
          "endpoint", EndpointFields.NAME, "Only deliveries to this endpoint (id or uid).");

  /** A single event type. */
  public static final FieldSpec<String> TYPE =
      FieldSpec.of("type", FieldKind.text(), "Of this event type only; types names several.");

  /** Several event types. */
  public static final FieldSpec<List<String>> TYPES =
      FieldSpec.of(
          "types",
          FieldKind.list(FieldKind.text(), 0, MAX_TYPES),
          "Of one of these event types. An empty list means all.");

  /** A single event. */
  public static final FieldSpec<String> EVENT =
      FieldSpec.of("event", FieldKind.text(), "Only deliveries of this event.");

  /** The status of the last response. */
  public static final FieldSpec<Integer> STATUS_CODE =
      FieldSpec.of(
          "statusCode",
          FieldKind.integer(100, 599),
          "Only those whose last response had this HTTP status.");

  /** Required values of data fields. */
  public static final FieldSpec<Map<String, String>> FIELDS =
      FieldSpec.of(
              "fields",
              FieldKind.map(FieldKind.text(), SearchFields.MAX),
              "Of events with these values in fields of their data, by name. Each is one of the"
                  + " site's `searchFields`.")
          .example(Map.of("ActivationKey", "HF4T0-7QWK2"));

  /** A single status. */
  public static final FieldSpec<String> STATUS =
      FieldSpec.of("status", RETRYABLE, "In this status only; statuses names several.");

  /** Several statuses. */
  public static final FieldSpec<List<String>> STATUSES =
      FieldSpec.of(
              "statuses",
              FieldKind.list(RETRYABLE, 0, ReplayWindow.ENDED.size() + 1),
              "In one of these statuses; of pending ones the next attempt is made now. An empty list"
                  + " stands for the default.")
          .fallback("[\"exhausted\",\"poisoned\"]");

  /** Whether to send events that the endpoint never received. */
  public static final FieldSpec<Boolean> MISSING =
      FieldSpec.of(
              "missing",
              FieldKind.flag(),
              "Instead of past deliveries, the events without a delivery to the endpoint that it"
                  + " would get if they were published now, such as those from before it was"
                  + " created. Needs endpoint, and goes with neither event, statusCode, status nor"
                  + " statuses.")
          .fallback("false");

  /** The rate of a background replay. */
  public static final FieldSpec<Integer> RATE =
      FieldSpec.of(
              "rate", FieldKind.integer(1, ReplayJob.FASTEST), "Maximum deliveries per second.")
          .fallback(Integer.toString(DEFAULT_RATE))
          .example(DEFAULT_RATE);

  /** Dry run: counts deliveries without sending them. */
  public static final FieldSpec<Boolean> DRY_RUN =
      FieldSpec.of("dryRun", FieldKind.flag(), "Counts the deliveries without sending them.")
          .fallback("false");

  /** The fields of a preview request. */
  public static final FieldTable CRITERIA =
      FieldTable.of(
              "ReplayCriteria",
              SINCE,
              UNTIL,
              ENDPOINT,
              TYPE,
              TYPES,
              EVENT,
              STATUS_CODE,
              FIELDS,
              STATUS,
              STATUSES,
              MISSING)
          .requiring(SINCE);

  /** The fields of a request for a background replay. */
  public static final FieldTable JOB =
      CRITERIA.with(RATE).named("NewReplayJob", "").requiring(SINCE);

  /** The fields of a request for an immediate replay. */
  public static final FieldTable AT_ONCE =
      CRITERIA.with(DRY_RUN).named("Replay", "").requiring(SINCE);

  private ReplayFields() {}
}
