package dev.hookferry.http.wire;

import dev.hookferry.field.ChoiceKind;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.GroupKind;
import dev.hookferry.field.IntegerKind;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.UnknownName;

/** Wording of error messages about the kind of a field. */
final class KindWords {
  private KindWords() {}

  /** Returns the problem of a word that is not one of the choices. */
  static Problem problem(String field, String rule, String word, ChoiceKind choice) {
    String shown = CallerText.text(word);
    return new Problem(field, rule, UnknownName.of(UnknownName.VALUE, shown, choice.words()));
  }

  /** Returns the name of the kind that elements of a list or map must have. */
  static String noun(FieldKind<?> kind) {
    if (kind instanceof GroupKind<?> group && group.text() != null) {
      return "string or JSON object";
    }
    return kind instanceof GroupKind<?>
        ? "JSON object"
        : kind instanceof IntegerKind ? "whole number" : "string";
  }
}
