package dev.hookferry.http.console.text;

import dev.hookferry.audit.FieldChange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values in the audit log as the console shows them. */
public final class AuditValue {
  private static final Pattern TIME =
      Pattern.compile("^([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\\.[0-9]+)?Z$");

  /** Matches a list of names as {@link java.util.AbstractCollection#toString} writes it. */
  private static final Pattern NAMES = Pattern.compile("^\\[((?:[^\\[\\]{}\"])*)]$");

  /** The end of the text of an image. */
  private static final Pattern HASH = Pattern.compile(", SHA-256 [0-9a-f]+…$");

  /** A number of seconds whose label does not name the unit. */
  private static final String RETRY_INTERVAL = "webHookRetryInterval";

  private AuditValue() {}

  /**
   * Returns a value as it is shown: a time to the second, a list without brackets, a number of
   * seconds with its unit, and an image without its hash unless it was replaced: only the hashes of
   * two images are sure to differ.
   */
  public static String shown(FieldChange change, @Nullable String value) {
    if (value == null) {
      return "none";
    }
    Matcher names = NAMES.matcher(value);
    if (names.matches()) {
      return names.group(1).isEmpty() ? "none" : names.group(1);
    }
    boolean isReplaced = change.before() != null && change.after() != null;
    if (change.field().startsWith("portal.") && !isReplaced) {
      return HASH.matcher(value).replaceFirst("");
    }
    return change.field().equals(RETRY_INTERVAL)
        ? value + " s"
        : TIME.matcher(value).replaceFirst("$1 $2 UTC");
  }

  /** Returns the name of an API key that was created or revoked; empty for anything else. */
  public static String keyName(String target, List<FieldChange> changes) {
    return changes.stream()
        .filter(change -> target.startsWith("key_") && change.field().equals("name"))
        .map(change -> Optional.ofNullable(change.after()).orElse(change.before()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }
}
