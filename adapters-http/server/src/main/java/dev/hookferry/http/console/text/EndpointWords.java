package dev.hookferry.http.console.text;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.observe.EndpointHealth;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words about endpoints for lines of limited width. */
public final class EndpointWords {
  private static final Pattern BEYOND =
      Pattern.compile(" (because of its last response|after [0-9,]+ consecutive failures)");

  private static final Pattern COUNTED = Pattern.compile("^[0-9,]+ consecutive failures");
  private static final Pattern RESPONDED =
      Pattern.compile("^the receiver responded with ([0-9]{3})");

  private EndpointWords() {}

  /**
   * Returns why an endpoint is in its state, as {@link #brief(String, String)} does. A mere number
   * of failures is preceded by the status of the last response.
   *
   * @param error the last failure; empty if none
   */
  public static String brief(String reason, String state, String error) {
    String brief = brief(reason, state);
    Matcher response = RESPONDED.matcher(error);
    return COUNTED.matcher(brief).find() && response.find()
        ? "HTTP " + response.group(1) + " · " + brief
        : brief;
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
        BEYOND
            .matcher(reason)
            .replaceFirst("")
            .replace("the receiver responded with 410 Gone", "410 Gone")
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
    String reason = health.reason();
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
    String count = NumberText.counted(health.failures(), "consecutive failure");
    String failed = health.failures() == 1 ? "the last attempt failed" : count;
    return failed + (health.reason().isEmpty() ? "" : ", " + health.reason());
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
