package dev.hookferry.observe;

import dev.hookferry.event.Event;
import dev.hookferry.event.Sha256;
import dev.hookferry.event.TraceContext;
import dev.hookferry.id.AttemptId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Settings for recording attempts as spans of distributed traces. Trace and span ids are derived
 * from event and attempt ids, so nodes and listeners need not exchange them. Immutable.
 *
 * @param isOn whether a listener records each attempt as a span
 * @param share the share, from 0 to 1, of the events published without a trace context whose
 *     attempts are recorded
 */
public record AttemptTracing(boolean isOn, double share) {
  /** No spans for attempts; the producer's trace context is passed on unchanged. */
  public static final AttemptTracing OFF = new AttemptTracing(false, 0);

  private static final int DECIDING_DIGITS = 8;
  private static final double ALL = 1L << 32;

  public AttemptTracing {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be from 0 to 1 (got " + share + ")");
    }
  }

  /**
   * Returns tracing that records this share, from 0 to 1, of the events without a trace context.
   */
  public static AttemptTracing on(double share) {
    return new AttemptTracing(true, share);
  }

  /**
   * Returns the trace context of an attempt: that of its own span, or the producer's if tracing is
   * off.
   *
   * @return null if tracing is off and the event has no trace context
   */
  public @Nullable TraceContext contextOf(Event event, AttemptId attempt) {
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(attempt, "attempt");
    TraceContext from = event.options().trace();
    if (!isOn) {
      return from;
    }
    String span = HexFormat.of().toHexDigits(attempt.value().getLeastSignificantBits());
    if (from != null) {
      return new TraceContext(from.traceId(), span, from.isSampled(), from.state());
    }
    String name = event.site() + "/" + event.id().value();
    String trace = Sha256.hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    long drawn = Long.parseLong(trace, 0, DECIDING_DIGITS, 16);
    return new TraceContext(trace, span, drawn < share * ALL);
  }
}
