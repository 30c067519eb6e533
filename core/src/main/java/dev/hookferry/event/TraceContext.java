package dev.hookferry.event;

import dev.hookferry.refusal.InvalidException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A position in a distributed trace, as carried by the W3C Trace Context headers {@code
 * traceparent} and {@code tracestate}. Immutable.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all of them 0
 * @param spanId 16 lower-case hexadecimal digits, not all of them 0
 * @param isSampled whether the caller records this trace
 * @param state the {@code tracestate} of tracing systems, at most {@value #MAX_STATE} characters;
 *     empty if there is none
 */
public record TraceContext(String traceId, String spanId, boolean isSampled, String state) {
  /** The name of the header that carries the position. */
  public static final String HEADER = "traceparent";

  /** The name of the header that carries the state. */
  public static final String STATE_HEADER = "tracestate";

  /** Maximum length of a stored {@code tracestate}, in characters. */
  public static final int MAX_STATE = 512;

  private static final int MAX_MEMBERS = 32;

  private static final String RULE =
      "must be a traceparent of W3C Trace Context, such as"
          + " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  /** Later versions may append fields; version ff is invalid. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}"
              + "-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-([0-9a-f]{2})(-.{0,200})?");

  /** A member of a state: a key, and a value that does not end with a blank. */
  private static final Pattern MEMBER =
      Pattern.compile("([a-z0-9][a-z0-9_\\-*/@]{0,255})=[ -~&&[^,=]]{0,255}[!-~&&[^,=]]");

  public TraceContext {
    Objects.requireNonNull(traceId, "traceId");
    Objects.requireNonNull(spanId, "spanId");
    state = stateOf(Objects.requireNonNull(state, "state"));
    if (!FORM.matcher("00-" + traceId + "-" + spanId + "-00").matches()) {
      throw InvalidException.of(HEADER, RULE);
    }
  }

  /** Creates a position without a state. */
  public TraceContext(String traceId, String spanId, boolean isSampled) {
    this(traceId, spanId, isSampled, "");
  }

  /**
   * Returns a copy with the value of a {@code tracestate} header. Drops a malformed value, as the
   * standard says; cuts a value longer than {@value #MAX_STATE} characters by dropping its last
   * members.
   */
  public TraceContext withState(String header) {
    return new TraceContext(traceId, spanId, isSampled, Objects.requireNonNull(header, "header"));
  }

  /** Returns the members of a state, separated by commas; empty if it is malformed. */
  private static String stateOf(String header) {
    List<String> members = Stream.of(header.split(",", -1)).map(TraceContext::stripped).toList();
    Set<String> keys = new HashSet<>();
    StringBuilder kept = new StringBuilder();
    boolean isFull = false;
    for (String member : members) {
      if (member.isEmpty()) {
        continue;
      }
      Matcher matcher = MEMBER.matcher(member);
      if (!matcher.matches() || !keys.add(matcher.group(1)) || keys.size() > MAX_MEMBERS) {
        return "";
      }
      isFull = isFull || kept.length() + 1 + member.length() > MAX_STATE;
      if (!isFull) {
        kept.append(kept.isEmpty() ? "" : ",").append(member);
      }
    }
    return kept.toString();
  }

  /** Removes spaces and tabs around a member. */
  private static String stripped(String member) {
    return member.replaceAll("^[ \t]+|[ \t]+$", "");
  }

  /**
   * Parses the value of the header {@code traceparent}.
   *
   * @throws InvalidException if it is malformed
   */
  public static TraceContext parse(String text) {
    return find(text).orElseThrow(() -> InvalidException.of(HEADER, RULE));
  }

  /**
   * Parses the value of the header {@code traceparent}; empty if it is malformed, because the
   * standard says to ignore such a header.
   */
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

  /** Returns the value of the header {@code traceparent}, in version 00. */
  public String text() {
    return "00-" + traceId + "-" + spanId + (isSampled ? "-01" : "-00");
  }
}
