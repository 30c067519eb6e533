package dev.hookferry.http.console.portal.notices;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.portal.deliveries.NewestFailure;
import dev.hookferry.http.console.portal.deliveries.Remedy;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalCapability;
import java.util.Optional;

/**
 * What to do about an endpoint to which nothing is sent until it is resumed.
 *
 * @param notice the key of the notice
 * @param tone CSS class of the notice
 * @param help the key of the advice for those who may resume it
 * @param ask the key of the advice for everybody else
 * @param remedy the action for those who may resume it
 * @param isComplete whether the notice already says all about the newest failure
 */
public record ResumeAdvice(
    String notice, String tone, String help, String ask, Remedy remedy, boolean isComplete) {
  /** Returns the advice about a disabled endpoint. May query the store and thus block. */
  public static ResumeAdvice ofDisabled(
      Webhooks webhooks, Endpoint endpoint, EndpointHealth health, PortalAccess access) {
    if (NewestFailure.hasArrivedSinceStop(webhooks, endpoint)) {
      String notice = "notice.disabled";
      String ask = "notice.ask-paused";
      return new ResumeAdvice(notice, "wait", "notice.resume-tested", ask, Remedy.RESUME, true);
    }
    String ask = "notice.ask-resume-url";
    if (TranslatedReasons.isGone(health)) {
      boolean mayRemove = access.can(PortalCapability.REMOVE, endpoint);
      String help = mayRemove ? "notice.resume-gone" : "notice.resume-url";
      return new ResumeAdvice("notice.gone", "bad", help, ask, Remedy.MOVE, true);
    }
    return NewestFailure.hasUrlProblem(webhooks, endpoint)
        ? new ResumeAdvice("notice.disabled", "bad", "notice.resume-url", ask, Remedy.MOVE, false)
        : new ResumeAdvice(
            "notice.disabled",
            "bad",
            "notice.resume-help",
            "notice.ask-resume",
            Remedy.RESUME,
            false);
  }

  /** Returns the advice about a paused endpoint. May query the store and thus block. */
  public static ResumeAdvice ofPaused(Webhooks webhooks, Endpoint endpoint) {
    Optional<Attempt> failed = NewestFailure.attempt(webhooks, endpoint);
    Remedy fix =
        failed.filter(TranslatedReasons::hasUrlProblem).isPresent() ? Remedy.MOVE : Remedy.FIX;
    Remedy remedy = failed.isPresent() ? fix : Remedy.RESUME;
    return new ResumeAdvice(
        "notice.paused", "plain", "notice.paused-help", "notice.ask-paused", remedy, false);
  }
}
