package dev.hookferry.event;

import dev.hookferry.refusal.InvalidException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in a distributed trace, as the header {@code traceparent} of W3C Trace Context carries
 * it. Immutable.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all of them 0
 * @param spanId 16 lower-case hexadecimal digits, not all of them 0
 * @param isSampled whether the caller records this trace
 */
public record TraceContext(String traceId, String spanId, boolean isSampled) {
  /** The name of the header. */
  public static final String HEADER = "traceparent";

  private static final String RULE =
      "must be a traceparent of W3C Trace Context, such as"
          + " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  /** Later versions may append fields; version ff is invalid. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}"
              + "-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-([0-9a-f]{2})(-.{0,200})?");

  public TraceContext {
    Objects.requireNonNull(traceId, "traceId");
    Objects.requireNonNull(spanId, "spanId");
    if (!FORM.matcher("00-" + traceId + "-" + spanId + "-00").matches()) {
      throw InvalidException.of(HEADER, RULE);
    }
  }

  /**
   * Parses a header's value.
   *
   * @throws InvalidException if it is malformed
   */
  public static TraceContext parse(String text) {
    return find(text).orElseThrow(() -> InvalidException.of(HEADER, RULE));
  }

  /** Parses a header's value; empty if it is malformed, which the standard says to ignore. */
  public static Optional<TraceContext> find(String text) {
    Matcher matcher = FORM.matcher(Objects.requireNonNull(text, "text"));
    boolean isValid = matcher.matches() && (!text.startsWith("00") || matcher.group(4) == null);
    return isValid
        ? Optional.of(
            new TraceContext(
                matcher.group(1),
                matcher.group(2),
                (Integer.parseInt(matcher.group(3), 16) & 1) == 1))
        : Optional.empty();
  }

  /** Returns the value of the header, in version 00. */
  public String text() {
    return "00-" + traceId + "-" + spanId + (isSampled ? "-01" : "-00");
  }
}
