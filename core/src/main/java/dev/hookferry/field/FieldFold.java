package dev.hookferry.field;

/**
 * Visitor of field kinds, for example to derive schemas or form hints. A new kind adds a method, so
 * that no implementation can miss it.
 *
 * @param <R> the type of the result
 */
public interface FieldFold<R> {
  /** Folds a string. */
  R text(FieldKind.Text kind);

  /** Folds a choice of words. */
  R choice(FieldKind.Choice kind);

  /** Folds a whole number. */
  R whole(FieldKind.Whole kind);

  /** Folds true or false. */
  R flag();

  /** Folds a point in time. */
  R time();

  /** Folds a duration. */
  R span(FieldKind.Span kind);

  /** Folds a list of strings. */
  R texts(FieldKind.Texts kind);

  /** Folds a map of strings. */
  R textMap(FieldKind.TextMap kind);

  /** Folds nested fields. */
  R group(FieldGroup<?> kind);
}
