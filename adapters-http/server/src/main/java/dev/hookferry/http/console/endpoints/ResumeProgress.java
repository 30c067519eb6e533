package dev.hookferry.http.console.endpoints;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.http.console.deliveries.FollowUp;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.observe.Undelivered;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Progress of the deliveries that were held until an endpoint was resumed. The page's URL contains
 * their number, so the note stays correct while the page refreshes.
 *
 * @param held the number that waited when the endpoint was resumed
 * @param left how many of them have not been attempted since
 * @param later how many of the remaining ones wait for their retry times
 * @param more whether more are left than were counted
 */
record ResumeProgress(int held, int left, int later, boolean more) {
  /** The query parameter with the number of held deliveries. */
  private static final String FIELD = "held";

  private static final Set<DeliveryState> WAITING =
      Set.of(DeliveryState.PENDING, DeliveryState.WAITING);

  /** Returns the parameters to add to the query of the page that follows a resume. */
  static String query(Undelivered held) {
    return held.waiting() == 0 || held.more() ? "" : "&" + FIELD + "=" + held.waiting();
  }

  /**
   * Returns the progress so far, with one or two queries. Null if the page follows no resume or the
   * endpoint has been paused again.
   */
  static @Nullable ResumeProgress of(Visit visit, Endpoint endpoint, Webhooks webhooks) {
    String held = visit.query().text(FIELD);
    Instant resumed = endpoint.status().since();
    if (!held.matches("[1-9][0-9]{0,5}") || !endpoint.enabled() || resumed == null) {
      return null;
    }
    Page<Delivery> waiting =
        webhooks
            .deliveries()
            .list(
                DeliveryQuery.ofSite(endpoint.site())
                    .endpoint(endpoint.id())
                    .states(WAITING)
                    .created(TimeWindow.ALL.until(resumed.plusMillis(1)))
                    .limit(PageRequest.MAX_LIMIT));
    LastAttempts last = LastAttempts.ofAll(endpoint.site(), waiting.data(), webhooks.deliveries());
    List<Delivery> left =
        waiting.data().stream().filter(one -> !isSince(last.of(one), resumed)).toList();
    long later = left.stream().filter(one -> one.dueAt().isAfter(visit.now())).count();
    return new ResumeProgress(
        Integer.parseInt(held), left.size(), (int) later, waiting.next() != null);
  }

  private static boolean isSince(@Nullable Attempt last, Instant resumed) {
    return last != null && !last.startedAt().isBefore(resumed);
  }

  /**
   * Returns the note about the progress.
   *
   * @param newest the newest attempt to the endpoint since the resume
   * @param reason why the endpoint is not working; empty if it is
   */
  FollowUp note(Attempt newest, EndpointStatus status, String reason) {
    boolean failed = !newest.outcome().isSuccess();
    boolean isDone = left == 0 && !more;
    String text =
        isDone ? "All " + NumberText.of(held) + " sent." : sent() + rest(status.perSecond());
    if (!reason.isEmpty() && !isDone) {
      text += " " + FieldErrors.sentence(reason);
    } else if (failed) {
      text += " The last attempt failed: " + newest.outcome().detail() + ".";
    }
    return new FollowUp(failed ? "bad" : isDone ? "good" : "plain", "Resumed", text);
  }

  private String sent() {
    return more || left > held
        ? WaitingDeliveries.deliveries(left, more) + " still waiting from before the resume"
        : NumberText.of(held - left) + " of " + NumberText.of(held) + " sent";
  }

  private String rest(@Nullable Integer rate) {
    int now = left - later;
    String wait =
        later == 0
            ? ""
            : "; "
                + NumberText.of(later)
                + " at "
                + (later == 1 ? "its" : "their")
                + " retry time"
                + (later == 1 ? "" : "s");
    if (now == 0 || rate == null) {
      return wait + ".";
    }
    String length = DisplayTime.length(Duration.ofSeconds((now + rate - 1) / rate));
    return wait + "; the rest takes " + (more ? "more than " : "about ") + length + ".";
  }
}
