package dev.hookferry.http.wire;

import dev.hookferry.refusal.Nearest;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.UnknownName;
import java.util.Collection;

/** Problems of unknown fields and parameters. */
public final class UnknownField {
  private UnknownField() {}

  /**
   * Returns the problem of a field of the body.
   *
   * @param prefix the path of the object that has it, with a dot at the end; empty for the body
   */
  public static Problem of(String prefix, String name, Collection<String> known) {
    String shown = CallerText.text(name);
    return new Problem(
        prefix + shown,
        "is not a known field" + Nearest.hint(shown, known),
        UnknownName.of(UnknownName.FIELD, shown, known));
  }

  /** Returns the problem of a query parameter. */
  static Problem ofParameter(String name, Collection<String> known) {
    String shown = CallerText.text(name);
    return new Problem(
        shown,
        "is not a parameter of this call" + Nearest.hint(shown, known),
        UnknownName.of(UnknownName.PARAMETER, shown, known));
  }
}
