package dev.hookferry.delivery;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Degree of suspicion that a pending delivery crashes the processes that send it (a poison pill).
 * Any logged attempt result clears the suspicion, because the process survived it.
 *
 * <table>
 *   <caption>Transition when the owner dies</caption>
 *   <tr><td>{@code NONE}</td><td>{@code ONE_CRASH}</td></tr>
 *   <tr><td>{@code ONE_CRASH}</td><td>{@code TWO_CRASHES}</td></tr>
 *   <tr><td>{@code TWO_CRASHES}</td><td>unchanged: any delivery in flight may be the cause</td></tr>
 *   <tr><td>{@code FIRST_TRIAL}</td><td>{@code FIRST_TRIAL_FAILED}: the crash may have been a coincidence</td></tr>
 *   <tr><td>{@code FIRST_TRIAL_FAILED}</td><td>unchanged</td></tr>
 *   <tr><td>{@code SECOND_TRIAL}</td><td>{@code POISONED}</td></tr>
 * </table>
 */
public enum CrashSuspicion {
  /** Not suspected. */
  NONE("none"),
  /** A single process died while it owned the delivery. */
  ONE_CRASH("once"),
  /**
   * Two processes died while they owned it; it is now sent only while no other suspect is in
   * flight.
   */
  TWO_CRASHES("twice"),
  /** First trial: it is in flight as the only suspect. */
  FIRST_TRIAL("trial"),
  /** The process died during the first trial. */
  FIRST_TRIAL_FAILED("again"),
  /** Second trial: it is in flight as the only suspect. */
  SECOND_TRIAL("retrial"),
  /** The process died in both trials; the delivery is poisoned and not retried. */
  POISONED("proven");

  private final String code;

  CrashSuspicion(String code) {
    this.code = code;
  }

  /** Returns the name used in stores, such as {@code once}. */
  public String code() {
    return code;
  }

  /** Parses the name used in stores; empty if it is unknown. */
  public static Optional<CrashSuspicion> fromCode(String word) {
    Objects.requireNonNull(word, "word");
    return Stream.of(values()).filter(one -> one.code().equals(word)).findFirst();
  }

  /** Returns the state after the owning process died. */
  public CrashSuspicion afterDeath() {
    return switch (this) {
      case NONE -> ONE_CRASH;
      case ONE_CRASH, TWO_CRASHES -> TWO_CRASHES;
      case FIRST_TRIAL, FIRST_TRIAL_FAILED -> FIRST_TRIAL_FAILED;
      case SECOND_TRIAL, POISONED -> POISONED;
    };
  }

  /**
   * Returns the state after an {@link Error} on the sending thread, where nothing else is suspect.
   */
  public CrashSuspicion afterError() {
    return switch (this) {
      case NONE -> ONE_CRASH;
      case ONE_CRASH -> TWO_CRASHES;
      case TWO_CRASHES, FIRST_TRIAL, FIRST_TRIAL_FAILED, SECOND_TRIAL, POISONED -> POISONED;
    };
  }

  /** Returns the state after the delivery was returned to the store without being sent. */
  public CrashSuspicion afterReturn() {
    return switch (this) {
      case FIRST_TRIAL -> TWO_CRASHES;
      case SECOND_TRIAL -> FIRST_TRIAL_FAILED;
      default -> this;
    };
  }

  /** Returns the state while it is sent as the only suspect. */
  public CrashSuspicion onTrial() {
    return afterReturn() == FIRST_TRIAL_FAILED ? SECOND_TRIAL : FIRST_TRIAL;
  }
}
