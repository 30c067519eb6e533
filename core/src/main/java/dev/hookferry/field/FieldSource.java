package dev.hookferry.field;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where values come from: a JSON body, the options of a command, a form. Each method returns null
 * if the field is absent, or if its value is not of the kind, which the source notes as a problem.
 */
public interface FieldSource {
  /** Reads a text. */
  @Nullable String text(String name, FieldKind.Text kind);

  /** Reads one of some words. */
  @Nullable String choice(String name, FieldKind.Choice kind);

  /** Reads a whole number. */
  @Nullable Integer whole(String name, FieldKind.Whole kind);

  /** Reads true or false. */
  @Nullable Boolean flag(String name);

  /** Reads a point in time. */
  @Nullable Instant time(String name);

  /** Reads a list of texts. */
  @Nullable List<String> texts(String name, FieldKind.Texts kind);

  /** Reads texts by name. */
  @Nullable Map<String, String> textMap(String name, FieldKind.TextMap kind);

  /** Reads fields of their own. */
  @Nullable FieldValues group(String name, FieldTable table);
}
