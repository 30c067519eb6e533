package dev.hookferry.delivery;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Breakdown of the time of one request into consecutive phases without gaps or overlaps. A phase
 * that did not take place is null; the phase in which the request ended lasts until that moment.
 * Durations are truncated to microseconds. Immutable and thread-safe.
 *
 * @param waiting waiting for a free connection or for permission to open one; includes time lost on
 *     a kept-alive connection that turned out to be closed
 * @param dns name resolution
 * @param connect establishing the TCP connection, to the proxy if there is one, over all addresses
 *     tried
 * @param proxy from the TCP connection until the proxy has connected to the receiver
 * @param tls TLS handshake
 * @param firstByte from the start of writing the request to the first byte of the response
 * @param rest from the first byte to the end of the response
 * @param egress the name of the egress that the connection used, or null for a direct connection
 */
public record Timing(
    Duration waiting,
    @Nullable Duration dns,
    @Nullable Duration connect,
    @Nullable Duration proxy,
    @Nullable Duration tls,
    @Nullable Duration firstByte,
    @Nullable Duration rest,
    @Nullable String egress) {
  private static final int DIGITS = 18;
  private static final String BY = "@";

  public Timing {
    Objects.requireNonNull(waiting, "waiting");
    waiting = whole(waiting);
    dns = wholeOrNull(dns);
    connect = wholeOrNull(connect);
    proxy = wholeOrNull(proxy);
    tls = wholeOrNull(tls);
    firstByte = wholeOrNull(firstByte);
    rest = wholeOrNull(rest);
  }

  /** Creates the timing of a request over a direct connection. */
  public Timing(
      Duration waiting,
      @Nullable Duration dns,
      @Nullable Duration connect,
      @Nullable Duration tls,
      @Nullable Duration firstByte,
      @Nullable Duration rest) {
    this(waiting, dns, connect, null, tls, firstByte, rest, null);
  }

  private static @Nullable Duration wholeOrNull(@Nullable Duration part) {
    return part == null ? null : whole(part);
  }

  private static Duration whole(Duration part) {
    if (part.isNegative()) {
      throw new IllegalArgumentException("a phase of a request cannot take " + part);
    }
    return part.toNanosPart() % 1_000 == 0 ? part : part.truncatedTo(ChronoUnit.MICROS);
  }

  /** The phases in chronological order. */
  public enum Phase {
    /** {@link Timing#waiting}. */
    WAITING,
    /** {@link Timing#dns}. */
    DNS,
    /** {@link Timing#connect}. */
    CONNECT,
    /** {@link Timing#proxy}. */
    PROXY,
    /** {@link Timing#tls}. */
    TLS,
    /** {@link Timing#firstByte}. */
    FIRST_BYTE,
    /** {@link Timing#rest}. */
    REST;

    private static final List<Phase> ALL = List.of(values());
    private final char letter = Character.toLowerCase(name().charAt(0));
  }

  /** A phase that took place and its duration. */
  public record Share(Phase phase, Duration took) {
    public Share {
      Objects.requireNonNull(phase, "phase");
      Objects.requireNonNull(took, "took");
    }
  }

  /** Returns the duration of a phase; null if it did not take place. */
  public @Nullable Duration of(Phase phase) {
    Objects.requireNonNull(phase, "phase");
    return switch (phase) {
      case WAITING -> waiting;
      case DNS -> dns;
      case CONNECT -> connect;
      case PROXY -> proxy;
      case TLS -> tls;
      case FIRST_BYTE -> firstByte;
      case REST -> rest;
    };
  }

  /** Returns the phases that took place, in order; the first is always {@link Phase#WAITING}. */
  public List<Share> shares() {
    List<Share> shares = new ArrayList<>();
    for (Phase phase : Phase.ALL) {
      Duration took = of(phase);
      if (took != null) {
        shares.add(new Share(phase, took));
      }
    }
    return shares;
  }

  /** Returns the total duration. */
  public Duration total() {
    long micros = 0;
    for (Phase phase : Phase.ALL) {
      Duration took = of(phase);
      micros += took == null ? 0 : micros(took);
    }
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  /**
   * Encodes the timing as a short text for stores, such as {@code w12d310c85f8123r40}: for each
   * phase that took place its first letter and its microseconds, followed by {@code @} and the name
   * of the egress, if there is one.
   */
  public String text() {
    StringBuilder text = new StringBuilder(48);
    append(text, Phase.WAITING, waiting);
    append(text, Phase.DNS, dns);
    append(text, Phase.CONNECT, connect);
    append(text, Phase.PROXY, proxy);
    append(text, Phase.TLS, tls);
    append(text, Phase.FIRST_BYTE, firstByte);
    append(text, Phase.REST, rest);
    return egress == null ? text.toString() : text.append(BY).append(egress).toString();
  }

  private static void append(StringBuilder text, Phase phase, @Nullable Duration took) {
    if (took != null) {
      text.append(phase.letter).append(micros(took));
    }
  }

  /**
   * Parses the output of {@link #text}.
   *
   * @throws IllegalArgumentException if the text is malformed
   */
  public static Timing parse(String text) {
    Objects.requireNonNull(text, "text");
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    int at = 0;
    for (Phase phase : Phase.ALL) {
      if (at < text.length() && text.charAt(at) == phase.letter) {
        int end = digitsEnd(text, at + 1);
        long micros = Long.parseLong(text, at + 1, end, 10);
        phases.put(phase, Duration.of(micros, ChronoUnit.MICROS));
        at = end;
      }
    }
    Duration waiting = phases.get(Phase.WAITING);
    String by = text.startsWith(BY, at) && at + 1 < text.length() ? text.substring(at + 1) : null;
    if (waiting == null || (by == null && at != text.length())) {
      throw new IllegalArgumentException("\"" + text + "\" is not a timing");
    }
    return new Timing(
        waiting,
        phases.get(Phase.DNS),
        phases.get(Phase.CONNECT),
        phases.get(Phase.PROXY),
        phases.get(Phase.TLS),
        phases.get(Phase.FIRST_BYTE),
        phases.get(Phase.REST),
        by);
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && Character.isDigit(text.charAt(end)) && end - from < DIGITS) {
      end++;
    }
    return end;
  }

  private static long micros(Duration took) {
    return took.toSeconds() * 1_000_000 + took.toNanosPart() / 1_000;
  }
}
