package dev.hookferry.delivery;

/** What can happen to a delivery; the columns of the table in {@link DeliveryState}. */
public enum DeliveryStep {
  /** An attempt was answered with a 2xx. */
  SUCCEED,
  /** An attempt failed and a retry is left. */
  FAIL,
  /** An attempt failed and no retry is left. */
  GIVE_UP,
  /** Its endpoint or site was paused. */
  PAUSE,
  /** Its endpoint and site go on. */
  RESUME,
  /** Somebody stopped it, or its endpoint was removed. */
  CANCEL,
  /** Somebody asked for an extra attempt, in whatever state it is. */
  RETRY,
  /** It was found to end the processes that send it. */
  POISON
}
