package dev.hookferry.http.console.portal.notices;

import dev.hookferry.http.console.portal.deliveries.Remedy;
import dev.hookferry.http.console.portal.deliveries.TimedText;
import dev.hookferry.http.words.DisplayTime;

/**
 * A problem of an endpoint, as a line in the list of endpoints.
 *
 * @param cause why deliveries do not arrive; empty if its state already shows it
 * @param hint a hint at what to check; empty if there is none
 * @param since when the problem began or sending continues, or when the endpoint will be disabled;
 *     empty if unknown
 * @param next when the next attempt is made; empty if none is planned or the time is unknown
 * @param detail a note that the newest attempts failed although the endpoint works; may be empty
 * @param isBack whether the endpoint works again; the cause then says so
 * @param isLimited whether its last response stops sending for a while
 * @param remedy the action that helps
 */
public record ProblemView(
    String cause,
    String hint,
    TimedText since,
    DisplayTime next,
    TimedText detail,
    boolean isBack,
    boolean isLimited,
    Remedy remedy) {
  /** The value without a problem. */
  public static final ProblemView NONE = of("", "", TimedText.EMPTY);

  /** Returns the problem of an endpoint that needs no action. */
  public static ProblemView of(String cause, String hint, TimedText detail) {
    return new ProblemView(
        cause, hint, TimedText.EMPTY, DisplayTime.EMPTY, detail, false, false, Remedy.NONE);
  }

  /** Returns this problem with the cause of another. */
  public ProblemView caused(ProblemView other) {
    return other.isBack()
        ? other
        : of(other.cause(), other.hint(), detail.isEmpty() ? other.detail() : detail);
  }
}
