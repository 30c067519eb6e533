package dev.hookferry.http.console.text;

import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.TextKind;

/** Hints of forms, from the descriptions of the fields. */
public final class FieldHints {
  private FieldHints() {}

  /** Returns the meaning and the bounds of a field, such as {@code Seconds apart: 1 to 60.} */
  public static String of(FieldSpec<?> field) {
    String help = inForms(field.help());
    return help.substring(0, help.length() - 1) + ": " + field.kind().bounds() + ".";
  }

  /** Leaves out details for callers of the API. */
  private static String inForms(String help) {
    return help.replaceFirst(" Reads show [*]+[^.]*[.]", "")
        .replaceFirst("^While false,", "While off,");
  }

  /** Returns the hint of a field of a table. */
  public static String of(FieldTable table, String name) {
    return of(table.field(name));
  }

  /** Returns the maximum length of a field's text, in characters. */
  public static String longest(FieldSpec<String> field) {
    return field.kind() instanceof TextKind text ? Integer.toString(text.max()) : "";
  }
}
