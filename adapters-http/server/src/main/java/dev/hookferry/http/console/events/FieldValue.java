package dev.hookferry.http.console.events;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search for a value in one field, as in {@code ActivationKey:HF4T0}.
 *
 * @param field the name of the field; dots separate nested names
 */
record FieldValue(String field, String value) {
  private static final Pattern FORM = Pattern.compile("([A-Za-z_$@][\\w.$@-]*):(?!//)(.+)");

  /** Parses a search text; empty if it names no field. */
  static Optional<FieldValue> parse(String asked) {
    Matcher matcher = FORM.matcher(asked);
    return matcher.matches() && !matcher.group(2).isBlank()
        ? Optional.of(new FieldValue(matcher.group(1), matcher.group(2).strip()))
        : Optional.empty();
  }
}
