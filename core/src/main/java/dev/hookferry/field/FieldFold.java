package dev.hookferry.field;

/**
 * Visitor of field kinds, for example to derive schemas or form hints. A new kind adds a method, so
 * that no implementation can miss it.
 *
 * @param <R> the type of the result
 */
public interface FieldFold<R> {
  /** Folds a string. */
  R text(TextKind kind);

  /** Folds a choice of words. */
  R choice(ChoiceKind kind);

  /** Folds a whole number. */
  R whole(WholeKind kind);

  /** Folds true or false. */
  R flag();

  /** Folds a point in time. */
  R time();

  /** Folds a duration. */
  R span(SpanKind kind);

  /** Folds a list. */
  R list(ListKind<?> kind);

  /** Folds values by name. */
  R map(MapKind<?> kind);

  /** Folds a JSON object of a form of its own. */
  R json(JsonKind<?> kind);

  /** Folds nested fields. */
  R group(GroupKind<?> kind);

  /** Folds a kind that is only shown. */
  R output(OutputKind kind);
}
