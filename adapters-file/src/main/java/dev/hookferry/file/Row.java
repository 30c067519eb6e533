package dev.hookferry.file;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.event.Event;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * A row of a listing, as eight numbers: enough to choose by, without reading the record. Rows are
 * in the order of the first two, taken together as one number without sign, then of the sixth.
 */
final class Row {
  /** How many numbers a row has. */
  static final int WIDTH = 8;

  /** The upper half of the id, or the time of acceptance. */
  static final int HIGH = 0;

  /** The lower half of the id, or the sequence number. */
  static final int LOW = 1;

  /** The time by which a window chooses, in milliseconds. */
  static final int TIME = 2;

  /** Site and endpoint. */
  static final int PLACE = 3;

  /** Event type, then the listing's own code. */
  static final int KIND = 4;

  /** The sequence number of the record. */
  static final int SEQUENCE = 5;

  /** The sequence number of the event. */
  static final int EVENT = 6;

  /** Offset and length of the record. */
  static final int POSITION = 7;

  private static final Map<OutcomeKind, Integer> OUTCOMES = new EnumMap<>(OutcomeKind.class);
  private static final Map<DeliveryState, Integer> STATES = new EnumMap<>(DeliveryState.class);

  static {
    for (OutcomeKind kind : OutcomeKind.values()) {
      OUTCOMES.put(kind, Keys.word(kind.word()));
    }
    for (DeliveryState state : DeliveryState.values()) {
      STATES.put(state, Keys.word(state.word()));
    }
  }

  private Row() {}

  static long[] event(Event event, Place at) {
    long accepted = event.acceptedAt().toEpochMilli();
    return row(
        new long[] {accepted, at.sequence(), accepted},
        pair(Keys.site(event.site()), 0),
        pair(Keys.type(event.type()), 0),
        at.sequence(),
        at);
  }

  static long[] attempt(Attempt attempt, long eventSequence, Place at) {
    UUID id = attempt.id().value();
    return row(
        new long[] {
          id.getMostSignificantBits(),
          id.getLeastSignificantBits(),
          attempt.startedAt().toEpochMilli()
        },
        pair(Keys.site(attempt.site()), Keys.endpoint(attempt.endpoint())),
        pair(
            Keys.type(attempt.type()),
            code(attempt.outcome().kind(), attempt.outcome().statusCode())),
        eventSequence,
        at);
  }

  static long[] state(Delivery delivery, long eventSequence, Place at) {
    UUID id = delivery.id().value();
    return row(
        new long[] {
          id.getMostSignificantBits(),
          id.getLeastSignificantBits(),
          delivery.createdAt().toEpochMilli()
        },
        pair(Keys.site(delivery.site()), Keys.endpoint(delivery.endpoint())),
        pair(Keys.type(delivery.type()), code(delivery.state())),
        eventSequence,
        at);
  }

  private static long[] row(long[] keyAndTime, long place, long kind, long event, Place at) {
    return new long[] {
      keyAndTime[0], keyAndTime[1], keyAndTime[2], place, kind, at.sequence(), event, at.packed()
    };
  }

  /** Two numbers in one. */
  static long pair(int upper, int lower) {
    return ((long) upper << 32) | (lower & 0xffff_ffffL);
  }

  static int upper(long pair) {
    return (int) (pair >>> 32);
  }

  static int lower(long pair) {
    return (int) pair;
  }

  /** How an attempt ended, with the HTTP status. */
  static int code(OutcomeKind kind, int status) {
    return (OUTCOMES.getOrDefault(kind, 0) << 16) | (status & 0xffff);
  }

  /** What a delivery became. */
  static int code(DeliveryState state) {
    return STATES.getOrDefault(state, 0);
  }

  /** Compares the keys of two rows that begin at these places. */
  static int compare(long[] a, int i, long[] b, int j) {
    int high = Long.compareUnsigned(a[i + HIGH], b[j + HIGH]);
    if (high != 0) {
      return high;
    }
    int low = Long.compareUnsigned(a[i + LOW], b[j + LOW]);
    return low != 0 ? low : Long.compare(a[i + SEQUENCE], b[j + SEQUENCE]);
  }
}
