package dev.hookferry.http.console.text;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.observe.DeliveryReason;
import dev.hookferry.observe.EndpointHealth;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words about endpoints for lines of limited width. */
public final class EndpointWords {
  private static final Pattern AFTER =
      Pattern.compile("^([^;]*) after ([0-9,]+ failures? in a row)");

  /** Matches the reasons that are due to failed attempts. */
  private static final Pattern FAILED =
      Pattern.compile("failures? in a row|the last attempt failed|because of its last response");

  private static final Pattern CONSECUTIVE =
      Pattern.compile("\\b([0-9,]+) consecutive (failures?)");

  private EndpointWords() {}

  /**
   * Returns a reason of the engine in the console's words: failures in a row, and a status like
   * those of other responses.
   */
  public static String plain(String reason) {
    return CONSECUTIVE
        .matcher(reason)
        .replaceAll("$1 $2 in a row")
        .replace("the receiver responded with 410 Gone", "HTTP 410 Gone");
  }

  /** Returns the reason of a delivery in the console's words. */
  public static DeliveryReason plain(DeliveryReason reason) {
    return new DeliveryReason(plain(reason.text()), reason.nextAttemptAt());
  }

  /**
   * Returns why an endpoint is in its state, as {@link #brief(String, String)} does. If attempts
   * failed, their cause comes first, such as {@code timeout · 45 failures in a row · one request at
   * a time}.
   *
   * @param cause the last failure in a few words; empty if none or unknown
   */
  public static String brief(String reason, String state, String cause) {
    String brief = brief(reason, state);
    return !cause.isEmpty() && FAILED.matcher(plain(reason)).find() ? cause + " · " + brief : brief;
  }

  /**
   * Returns why an endpoint is in its state, without the state and without details, such as {@code
   * until 17:01:00 UTC}.
   *
   * @param reason the whole reason
   * @param state the word of the state, which stands beside it
   */
  public static String brief(String reason, String state) {
    String brief =
        AFTER
            .matcher(plain(reason))
            .replaceFirst("$2 · $1")
            .replace(" because of its last response", "")
            .replaceFirst(", rate limited until ", ", next at ");
    return brief.startsWith(state + " ") ? brief.substring(state.length() + 1) : brief;
  }

  /**
   * Returns why an endpoint is in its state, without the name of the state, which is shown beside
   * it.
   *
   * @param hasFailures whether to mention the last failures of an endpoint that is not failing yet
   */
  public static String reason(EndpointHealth health, boolean hasFailures) {
    if (hasFailures && hasFewFailures(health)) {
      return failures(health);
    }
    String state = health.state().label();
    String reason = plain(health.reason());
    if (reason.equals("endpoint " + state)) {
      return "";
    }
    return reason.startsWith(state + ": ") ? reason.substring(state.length() + 2) : reason;
  }

  /** Returns whether its last attempts failed, too few to call it failing. */
  private static boolean hasFewFailures(EndpointHealth health) {
    boolean isLimited = health.state() == EndpointHealth.State.RATE_LIMITED;
    return health.isRetrying() || (isLimited && health.failures() > 0 && !health.isFailing());
  }

  private static String failures(EndpointHealth health) {
    String count = NumberText.of(health.failures()) + " failures in a row";
    String failed = health.failures() == 1 ? "the last attempt failed" : count;
    return failed + (health.reason().isEmpty() ? "" : ", " + plain(health.reason()));
  }

  /** Returns the patterns of an endpoint's event types; {@code all events} for {@code *}. */
  public static String types(Endpoint endpoint) {
    String patterns =
        endpoint.eventTypes().stream()
            .map(EventTypeFilter::pattern)
            .collect(Collectors.joining(", "));
    return patterns.equals("*") ? "all events" : patterns;
  }
}
