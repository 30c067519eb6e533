package dev.hookferry.field;

/**
 * Makes something of each kind of field, such as its schema or its form hint. A new kind is a new
 * method, so no fold forgets it.
 *
 * @param <R> what is made
 */
public interface FieldFold<R> {
  /** Folds a text. */
  R text(FieldKind.Text kind);

  /** Folds one of some words. */
  R choice(FieldKind.Choice kind);

  /** Folds a whole number. */
  R whole(FieldKind.Whole kind);

  /** Folds true or false. */
  R flag();

  /** Folds a point in time. */
  R time();

  /** Folds a list of texts. */
  R texts(FieldKind.Texts kind);

  /** Folds texts by name. */
  R textMap(FieldKind.TextMap kind);

  /** Folds fields of their own. */
  R group(FieldKind.Group kind);
}
