package dev.hookferry.event;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.OutputKind;
import dev.hookferry.id.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The fields of a published event. The HTTP API reads them with its own parser, so that the bytes
 * of {@code data} stay unchanged.
 */
public final class EventFields {
  static final int MAX_KEY = 128;
  static final int MAX_SUBJECT = 256;
  private static final int MAX_TO = 100;

  /** The event type. */
  public static final FieldSpec<String> TYPE =
      FieldSpec.of(
              "type",
              FieldKind.text(EventType.MAX_LENGTH),
              "A QLM event type, or one declared by the site.")
          .example("license_created");

  /** The affected object. */
  public static final FieldSpec<Object> DATA =
      FieldSpec.<Object>of(
              "data",
              OutputKind.JSON,
              "The affected object: any JSON value, nested at most 100 levels deep. Passed on byte"
                  + " for byte.")
          .example("{\"ActivationKey\":\"K-1\",\"Rate\":1.1}");

  /** The event id. */
  public static final FieldSpec<String> ID =
      FieldSpec.of(
              "id",
              FieldKind.pattern("^[A-Za-z0-9_-]{1,128}$"),
              "The producer's own id; a repeat with the same content returns the first receipt"
                  + " again.")
          .fallback("a new one");

  /** Time of occurrence. */
  public static final FieldSpec<Instant> OCCURRED_AT =
      FieldSpec.of("occurredAt", FieldKind.time(), "When the event occurred.").fallback("now");

  /** Its labels. */
  public static final FieldSpec<Map<String, String>> LABELS =
      FieldSpec.of(
              "labels",
              FieldKind.map(FieldKind.text(128), PairRules.MAX_LABELS),
              "Values by name (1 to 64 characters from a-z 0-9 _ . -) to search by. An endpoint with labels gets"
                  + " only events that have them all.")
          .fallback("{}")
          .example(Map.of("region", "eu"));

  /** The endpoints that it is addressed to. */
  public static final FieldSpec<List<String>> TO =
      FieldSpec.of(
              "to",
              FieldKind.list(FieldKind.text(1, 64), 1, MAX_TO),
              "Ids or uids of endpoints: only these get the event, whatever event types they"
                  + " subscribe to. The publish is refused if one is unknown.")
          .fallback("the endpoints that subscribe to its type")
          .example(List.of("crm-eu"));

  /** Earliest time to send the event. */
  public static final FieldSpec<Instant> DELIVER_AT =
      FieldSpec.of(
              "deliverAt",
              FieldKind.time(),
              "When to send it: at most 30 days from now; a time in the past means now.")
          .fallback("now");

  /** Its ordering key. */
  public static final FieldSpec<String> ORDERING_KEY =
      FieldSpec.of(
              "orderingKey",
              FieldKind.text(1, MAX_KEY),
              "Events with the same key belong to one sequence.")
          .fallback("none")
          .example("license-4711");

  /** Its values for URL templates. */
  public static final FieldSpec<Map<String, String>> ROUTING =
      FieldSpec.of(
              "routing",
              FieldKind.map(FieldKind.text(256), PairRules.MAX_ROUTING),
              "Values for URL templates, by name (1 to 64 characters from A-Z a-z 0-9 _).")
          .fallback("{}")
          .example(Map.of("tenant", "acme"));

  /** The person or thing that the event is about. */
  public static final FieldSpec<String> SUBJECT =
      FieldSpec.of(
              "subject",
              FieldKind.text(1, MAX_SUBJECT),
              "The person or thing that the event is about. Only a keyed hash is stored.")
          .fallback("none")
          .example("anna@example.com");

  /** The trace that it belongs to. */
  public static final FieldSpec<String> TRACEPARENT =
      FieldSpec.of(
              "traceparent",
              FieldKind.text(1, 256),
              "The trace that it belongs to, as W3C Trace Context writes it; each attempt is a span"
                  + " of it.")
          .fallback("the header traceparent")
          .example("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

  /** The state of that trace. */
  public static final FieldSpec<String> TRACESTATE =
      FieldSpec.of(
              "tracestate",
              FieldKind.text(0, 8192),
              "The state of tracing systems that goes with traceparent, as W3C Trace Context writes"
                  + " it; 512 characters are kept. Ignored if it is malformed or without a trace.")
          .fallback("the header tracestate")
          .example("vendor=t61rcWkgMzE");

  /** The fields of a publish request. */
  public static final FieldTable NEW =
      FieldTable.of(
              "NewEvent",
              TYPE,
              DATA,
              ID,
              OCCURRED_AT,
              LABELS,
              TO,
              DELIVER_AT,
              ORDERING_KEY,
              ROUTING,
              SUBJECT,
              TRACEPARENT,
              TRACESTATE)
          .requiring(TYPE, DATA);

  private EventFields() {}
}
