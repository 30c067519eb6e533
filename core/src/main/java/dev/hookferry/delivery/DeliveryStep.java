package dev.hookferry.delivery;

/**
 * Steps in the life of a delivery: the columns of the transition table in {@link DeliveryState}.
 */
public enum DeliveryStep {
  /** An attempt got a response whose status counts as success. */
  SUCCEED,
  /** An attempt failed and a retry is left. */
  FAIL,
  /** An attempt failed and no retry is left. */
  GIVE_UP,
  /** Its endpoint or site was paused. */
  PAUSE,
  /** Its endpoint or site was resumed, or it became the first of its ordering key. */
  RESUME,
  /** A user cancelled it, or its endpoint was removed. */
  CANCEL,
  /** A user requested an extra attempt. */
  RETRY,
  /** The delivery was found to crash the process. */
  POISON,
  /** An earlier delivery with its ordering key has not ended. */
  WAIT,
  /** An attempt failed, no retry is left, and later deliveries of its ordering key must wait. */
  BLOCK,
  /** A user gave it up, so that later deliveries of its ordering key are sent. */
  SKIP
}
