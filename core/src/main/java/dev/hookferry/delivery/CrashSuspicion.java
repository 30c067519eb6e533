package dev.hookferry.delivery;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Degree of suspicion that a pending delivery crashes the processes that send it (a poison pill).
 * Any logged attempt result clears the suspicion, because the process survived it.
 *
 * <table>
 *   <caption>Transition when the owner dies</caption>
 *   <tr><td>{@code NONE}</td><td>{@code ONCE}</td></tr>
 *   <tr><td>{@code ONCE}</td><td>{@code TWICE}</td></tr>
 *   <tr><td>{@code TWICE}</td><td>unchanged: any delivery in flight may be the cause</td></tr>
 *   <tr><td>{@code TRIAL}</td><td>{@code AGAIN}: the crash may have been a coincidence</td></tr>
 *   <tr><td>{@code AGAIN}</td><td>unchanged</td></tr>
 *   <tr><td>{@code RETRIAL}</td><td>{@code PROVEN}</td></tr>
 * </table>
 */
public enum CrashSuspicion {
  /** Not suspected. */
  NONE,
  /** A single process died while it owned the delivery. */
  ONCE,
  /**
   * Two processes died while they owned it; it is now sent only while no other suspect is in
   * flight.
   */
  TWICE,
  /** First trial: it is in flight as the only suspect. */
  TRIAL,
  /** The process died during the first trial. */
  AGAIN,
  /** Second trial: it is in flight as the only suspect. */
  RETRIAL,
  /** The process died in both trials; the delivery is poisoned and not retried. */
  PROVEN;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** Returns the lower-case name that stores keep, such as {@code once}. */
  public String code() {
    return code;
  }

  /** Parses the name that stores keep; empty if it is unknown. */
  public static Optional<CrashSuspicion> fromCode(String word) {
    Objects.requireNonNull(word, "word");
    return Stream.of(values()).filter(one -> one.code().equals(word)).findFirst();
  }

  /** Returns the state after the owning process died. */
  public CrashSuspicion afterDeath() {
    return switch (this) {
      case NONE -> ONCE;
      case ONCE, TWICE -> TWICE;
      case TRIAL, AGAIN -> AGAIN;
      case RETRIAL, PROVEN -> PROVEN;
    };
  }

  /**
   * Returns the state after an {@link Error} on the sending thread, which leaves no other suspect.
   */
  public CrashSuspicion afterError() {
    return switch (this) {
      case NONE -> ONCE;
      case ONCE -> TWICE;
      case TWICE, TRIAL, AGAIN, RETRIAL, PROVEN -> PROVEN;
    };
  }

  /** Returns the state after the delivery was handed back without being sent. */
  public CrashSuspicion afterReturn() {
    return switch (this) {
      case TRIAL -> TWICE;
      case RETRIAL -> AGAIN;
      default -> this;
    };
  }

  /** Returns the state while it is sent as the only suspect. */
  public CrashSuspicion onTrial() {
    return afterReturn() == AGAIN ? RETRIAL : TRIAL;
  }
}
