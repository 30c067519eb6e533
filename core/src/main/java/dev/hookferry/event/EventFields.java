package dev.hookferry.event;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.OutputKind;
import dev.hookferry.id.EventType;
import java.time.Instant;

/**
 * The fields of a published event. The HTTP API reads them with a parser of its own, so that the
 * bytes of {@code data} stay as they are.
 */
public final class EventFields {
  /** Its type. */
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

  /** Its id. */
  public static final FieldSpec<String> ID =
      FieldSpec.of(
              "id",
              FieldKind.pattern("^[A-Za-z0-9_-]{1,128}$"),
              "The producer's own id; a repeat with the same content returns the first receipt"
                  + " again.")
          .fallback("a new one");

  /** When it happened. */
  public static final FieldSpec<Instant> OCCURRED_AT =
      FieldSpec.of("occurredAt", FieldKind.time(), "When the event occurred.").fallback("now");

  /** The fields of a publish request. */
  public static final FieldTable NEW =
      FieldTable.of("NewEvent", TYPE, DATA, ID, OCCURRED_AT).requiring(TYPE, DATA);

  private EventFields() {}
}
