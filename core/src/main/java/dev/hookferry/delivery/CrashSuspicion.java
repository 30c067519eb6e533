package dev.hookferry.delivery;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is held against a pending delivery: that processes died while they had it. The word of a
 * result in the log ends every suspicion, since a delivery that was sent has killed nobody.
 *
 * <table>
 *   <caption>Where the death of its owner leads</caption>
 *   <tr><td>{@code NONE}</td><td>{@code ONCE}</td></tr>
 *   <tr><td>{@code ONCE}</td><td>{@code TWICE}</td></tr>
 *   <tr><td>{@code TWICE}</td><td>stays: of many that were there, nobody knows which it was</td></tr>
 *   <tr><td>{@code TRIAL}</td><td>{@code AGAIN}: it may have been a coincidence</td></tr>
 *   <tr><td>{@code AGAIN}</td><td>stays</td></tr>
 *   <tr><td>{@code RETRIAL}</td><td>{@code PROVEN}</td></tr>
 * </table>
 */
public enum CrashSuspicion {
  /** Nothing. */
  NONE,
  /** A process died that had it. */
  ONCE,
  /** Two did: from now on it is sent while nothing else of that kind is. */
  TWICE,
  /** It is being sent, while no other suspect is. */
  TRIAL,
  /** Its process died while it was on trial. */
  AGAIN,
  /** It is being tried alone for the second time. */
  RETRIAL,
  /** Both trials ended their processes: it is not sent again. */
  PROVEN;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word that stores keep, such as {@code once}. */
  public String word() {
    return word;
  }

  /** Reads the word that stores keep. */
  public static Optional<CrashSuspicion> ofWord(String word) {
    return Stream.of(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  /** After the death of a process that had it. */
  public CrashSuspicion afterDeath() {
    return switch (this) {
      case NONE -> ONCE;
      case ONCE, TWICE -> TWICE;
      case TRIAL, AGAIN -> AGAIN;
      case RETRIAL, PROVEN -> PROVEN;
    };
  }

  /** After an error that would have ended the thread which sent it: there is no other suspect. */
  public CrashSuspicion afterError() {
    return switch (this) {
      case NONE -> ONCE;
      case ONCE -> TWICE;
      case TWICE, TRIAL, AGAIN, RETRIAL, PROVEN -> PROVEN;
    };
  }

  /** After it was given back without being sent. */
  public CrashSuspicion afterReturn() {
    return switch (this) {
      case TRIAL -> TWICE;
      case RETRIAL -> AGAIN;
      default -> this;
    };
  }

  /** While it is sent as the only suspect. */
  public CrashSuspicion onTrial() {
    return afterReturn() == AGAIN ? RETRIAL : TRIAL;
  }
}
