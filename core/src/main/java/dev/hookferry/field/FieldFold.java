package dev.hookferry.field;

/**
 * Visitor of field kinds, for example to derive schemas or form hints. Each kind has its own
 * method, so that no implementation can miss a new kind.
 *
 * @param <R> the type of the result
 */
public interface FieldFold<R> {
  /** Visits a string. */
  R text(TextKind kind);

  /** Visits a choice among words. */
  R choice(ChoiceKind kind);

  /** Visits a whole number. */
  R integer(IntegerKind kind);

  /** Visits true or false. */
  R flag();

  /** Visits a point in time. */
  R time();

  /** Visits a duration. */
  R span(SpanKind kind);

  /** Visits a list. */
  R list(ListKind<?> kind);

  /** Visits values by name. */
  R map(MapKind<?> kind);

  /** Visits a JSON object with its own parser. */
  R json(JsonKind<?> kind);

  /** Visits nested fields. */
  R group(GroupKind<?> kind);

  /** Visits a kind that is only written, never read. */
  R output(OutputKind kind);
}
