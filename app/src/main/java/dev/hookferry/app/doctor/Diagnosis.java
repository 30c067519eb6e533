package dev.hookferry.app.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The finding of one check.
 *
 * @param check the name of the check
 * @param level its severity
 * @param text the finding, in one sentence without a full stop
 * @param remedy how to fix it; null if it is fine or was not checked
 */
public record Diagnosis(String check, Level level, String text, @Nullable String remedy) {
  /** Severity of a finding. */
  public enum Level {
    /** No problem found. */
    OK,
    /** Not checked, because information is missing. */
    SKIPPED,
    /** Works, but someone should look. */
    WARNING,
    /** The server does not start, refuses events or can lose them. */
    FAILURE;

    /** Returns the lower-case name, such as {@code ok}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Diagnosis ok(String check, String text) {
    return new Diagnosis(check, Level.OK, text, null);
  }

  static Diagnosis skipped(String check, String text) {
    return new Diagnosis(check, Level.SKIPPED, text, null);
  }

  static Diagnosis warning(String check, String text, String remedy) {
    return new Diagnosis(check, Level.WARNING, text, remedy);
  }

  static Diagnosis failure(String check, String text, String remedy) {
    return new Diagnosis(check, Level.FAILURE, text, remedy);
  }

  /** Returns this as JSON. */
  public ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("check", check)
        .put("level", level.code())
        .put("text", text)
        .put("remedy", remedy);
  }
}
