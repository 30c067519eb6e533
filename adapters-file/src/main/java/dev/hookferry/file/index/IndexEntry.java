package dev.hookferry.file.index;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.event.Event;
import dev.hookferry.file.record.RecordPosition;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * Layout of an index row: eight numbers, enough to select records without reading them. Rows are
 * ordered by columns {@link #HIGH} and {@link #LOW}, taken as one unsigned number, then by {@link
 * #SEQUENCE}.
 */
public final class IndexEntry {
  /** Numbers per row. */
  public static final int WIDTH = 8;

  /** Upper half of the id, or the time of acceptance. */
  public static final int HIGH = 0;

  /** Lower half of the id, or the sequence number. */
  public static final int LOW = 1;

  /** Time that is compared with a query's time window, in milliseconds since 1970. */
  public static final int TIME = 2;

  /** Site and endpoint, hashed. */
  static final int PLACE = 3;

  /**
   * Event type, hashed, and the listing's own code: an event's label bits, an attempt's outcome and
   * status, or a delivery's state.
   */
  static final int KIND = 4;

  /** Sequence number of the record. */
  public static final int SEQUENCE = 5;

  /** Sequence number of the event. */
  public static final int EVENT = 6;

  /** Offset and length of the record. */
  public static final int POSITION = 7;

  private static final Map<OutcomeKind, Integer> OUTCOMES = new EnumMap<>(OutcomeKind.class);
  private static final Map<DeliveryState, Integer> STATES = new EnumMap<>(DeliveryState.class);

  static {
    for (OutcomeKind kind : OutcomeKind.values()) {
      OUTCOMES.put(kind, IndexKeys.word(kind.code()));
    }
    for (DeliveryState state : DeliveryState.values()) {
      STATES.put(state, IndexKeys.word(state.code()));
    }
  }

  private IndexEntry() {}

  static long[] event(Event event, RecordPosition at) {
    long accepted = event.acceptedAt().toEpochMilli();
    return row(
        new long[] {accepted, at.sequence(), accepted},
        pair(IndexKeys.site(event.site()), 0),
        pair(IndexKeys.type(event.type()), IndexKeys.labels(event.options().labels())),
        at.sequence(),
        at);
  }

  static long[] attempt(Attempt attempt, long eventSequence, RecordPosition at) {
    UUID id = attempt.id().value();
    return row(
        new long[] {
          id.getMostSignificantBits(),
          id.getLeastSignificantBits(),
          attempt.startedAt().toEpochMilli()
        },
        pair(IndexKeys.site(attempt.site()), IndexKeys.endpoint(attempt.endpoint())),
        pair(
            IndexKeys.type(attempt.type()),
            code(attempt.outcome().kind(), attempt.outcome().statusCode())),
        eventSequence,
        at);
  }

  static long[] state(Delivery delivery, long eventSequence, RecordPosition at) {
    UUID id = delivery.id().value();
    return row(
        new long[] {
          id.getMostSignificantBits(),
          id.getLeastSignificantBits(),
          delivery.createdAt().toEpochMilli()
        },
        pair(IndexKeys.site(delivery.site()), IndexKeys.endpoint(delivery.endpoint())),
        pair(IndexKeys.type(delivery.type()), code(delivery.state())),
        eventSequence,
        at);
  }

  private static long[] row(
      long[] keyAndTime, long place, long kind, long event, RecordPosition at) {
    return new long[] {
      keyAndTime[0], keyAndTime[1], keyAndTime[2], place, kind, at.sequence(), event, at.packed()
    };
  }

  /** Packs two numbers into one. */
  public static long pair(int upper, int lower) {
    return ((long) upper << 32) | (lower & 0xffff_ffffL);
  }

  public static int upper(long pair) {
    return (int) (pair >>> 32);
  }

  public static int lower(long pair) {
    return (int) pair;
  }

  /** Returns the code of an attempt: its outcome and HTTP status. */
  public static int code(OutcomeKind kind, int status) {
    return (OUTCOMES.getOrDefault(kind, 0) << 16) | (status & 0xffff);
  }

  /** Returns the code of a delivery state. */
  public static int code(DeliveryState state) {
    return STATES.getOrDefault(state, 0);
  }

  /** Compares the keys of two rows that start at these array positions. */
  public static int compare(long[] a, int i, long[] b, int j) {
    int high = Long.compareUnsigned(a[i + HIGH], b[j + HIGH]);
    if (high != 0) {
      return high;
    }
    int low = Long.compareUnsigned(a[i + LOW], b[j + LOW]);
    return low != 0 ? low : Long.compare(a[i + SEQUENCE], b[j + SEQUENCE]);
  }
}
