package dev.hookferry.app.text;

import java.util.regex.Pattern;

/** Joins the name of an input and the error in it. */
public final class FieldText {
  private static final Pattern MISSING =
      Pattern.compile("((or \\S+ )?is required|is missing|needs a value)\\b");

  private FieldText() {}

  /**
   * Returns a sentence if something is missing, such as {@code --yes is required}, and otherwise
   * the rule after a colon, such as {@code --rate: must be from 1 to 1000 (got 0)}.
   *
   * @param name the option, argument or field; may be empty
   */
  public static String of(String name, String reason) {
    if (name.isEmpty()) {
      return reason;
    }
    return name + (MISSING.matcher(reason).lookingAt() ? " " : ": ") + reason;
  }
}
