package dev.hookferry.http.console.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.body.BodyVersion;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.FutureResult;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.http.console.list.RetryDelayReasons;
import dev.hookferry.http.console.text.BodyText;
import dev.hookferry.http.console.text.DeliverySentence;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.DeliveryReason;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.retry.RetrySettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The page of one delivery, with its timeline, attempts and actions. */
public final class DeliveryPage {
  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public DeliveryPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * Content of the page.
   *
   * @param row the delivery
   * @param listed the delivery as in the list of deliveries
   * @param endpoint the endpoint's id; empty if it was removed
   * @param line the timeline
   * @param attempts newest first
   * @param chosen the attempt shown in full, or null if there is none
   * @param followUp progress of a retry that was just requested, or null
   * @param retry remarks about a retry
   * @param before the delivery that this one waits for, or null if none
   * @param wasDelivered whether the receiver accepted it at least once
   * @param summary what happened, and what happens next
   * @param body the bytes that every attempt sends
   */
  public record View(
      DeliveryRow row,
      DeliveryRow listed,
      String endpoint,
      List<DeliveryTimeline.Step> line,
      List<SelectedAttempt.Line> attempts,
      @Nullable SelectedAttempt chosen,
      @Nullable FollowUp followUp,
      RetryNote retry,
      @Nullable DeliveryRow before,
      boolean wasDelivered,
      DeliverySentence summary,
      BodyText body) {
    /** Returns whether no more attempts are planned. */
    public boolean isFinal() {
      return row.state().isFinal();
    }

    /** Returns whether the delivery blocks later ones with its ordering key. */
    public boolean isBlocked() {
      return row.state() == DeliveryState.BLOCKED;
    }

    /** Returns whether the delivery can be retried. */
    public boolean isRetryable() {
      return !endpoint.isEmpty() && row.state() != DeliveryState.WAITING;
    }
  }

  /**
   * Remarks for a user who is about to retry a delivery.
   *
   * @param delayReason why the retry will be delayed; empty if it will not
   * @param use the scheduled attempt that the retry replaces; empty if none
   * @param isLast whether the retry replaces the last scheduled attempt
   */
  public record RetryNote(String delayReason, String use, boolean isLast) {
    static RetryNote of(
        Delivery delivery, DeliveryTimeline.@Nullable Plan plan, String delayReason) {
      boolean isOpen =
          delivery.state() == DeliveryState.PENDING || delivery.state() == DeliveryState.HELD;
      int number = delivery.attempts() + 1;
      if (plan == null || !isOpen || number > plan.attempts()) {
        return new RetryNote(delayReason, "", false);
      }
      if (number == plan.attempts()) {
        String end = plan.blocks() ? "blocks its ordering key." : "is given up.";
        String last = "This is the last scheduled attempt: if it fails, the delivery " + end;
        return new RetryNote(delayReason, last, true);
      }
      String use = "Retrying now uses attempt " + number + " of " + plan.attempts() + ".";
      return new RetryNote(delayReason, use, false);
    }
  }

  public ConsoleReply show(Visit visit) {
    SiteId site = visit.site();
    Delivery delivery = webhooks.deliveries().get(site, id(visit));
    List<Attempt> attempts = attempts(site, delivery);
    EndpointList targets = new EndpointList(webhooks, site);
    Optional<Endpoint> endpoint = targets.find(delivery.endpoint());
    Event event = webhooks.events().get(site, delivery.event()).event();
    List<Attempt> newest = reversed(attempts);
    Attempt chosen = chosen(newest, visit);
    SelectedAttempt shown =
        chosen == null
            ? null
            : SelectedAttempt.of(chosen, webhooks.deliveries().sent(chosen, event), visit.now());
    DeliveryReason reason = targets.reason(delivery);
    boolean isQuiet = delivery.state().isFinal() || reason.isDueNow();
    ManualActions again = ManualActions.of(webhooks, delivery);
    DeliveryTimeline.Plan plan = endpoint.map(one -> plan(delivery, one, reason)).orElse(null);
    View view =
        new View(
            DeliveryRow.of(delivery, targets, visit.now()),
            DeliveryRow.listed(delivery, LastAttempts.of(delivery, newest), targets, visit.now()),
            endpoint.map(e -> e.id().toString()).orElse(""),
            DeliveryTimeline.of(delivery, attempts, again, plan, visit.now()),
            newest.stream()
                .map(a -> SelectedAttempt.Line.of(a, Objects.requireNonNull(chosen), visit.now()))
                .toList(),
            shown,
            FollowUp.of(visit, newest, isQuiet ? "" : reason.text()),
            RetryNote.of(delivery, plan, delay(endpoint, delivery, reason)),
            before(delivery, targets, visit),
            attempts.stream().anyMatch(attempt -> attempt.outcome().isSuccess()),
            DeliverySentence.of(
                delivery, newest, facts(delivery, newest, reason, plan, again), visit.now()),
            body(event, chosen, shown, endpoint.map(e -> e.body().version()).orElse(0)));
    Frame frame = frames.of(visit, Nav.DELIVERIES, title(view.row()));
    return TemplateRenderer.page((out, i) -> JteDeliveryGenerated.render(out, i, frame, view));
  }

  private static String title(DeliveryRow row) {
    return row.type() + " to " + row.shortName();
  }

  private String delay(Optional<Endpoint> endpoint, Delivery delivery, DeliveryReason reason) {
    RetryDelayReasons times = new RetryDelayReasons(webhooks);
    return endpoint.map(one -> times.delayBeside(one, delivery, reason.text())).orElse("");
  }

  private static DeliverySentence.Facts facts(
      Delivery delivery,
      List<Attempt> newestFirst,
      DeliveryReason reason,
      DeliveryTimeline.@Nullable Plan plan,
      ManualActions again) {
    return new DeliverySentence.Facts(
        reason,
        newestFirst.isEmpty() ? "" : LastAttempts.cause(newestFirst.get(0).outcome()),
        plan == null ? 0 : plan.attempts(),
        skipped(delivery, newestFirst, again));
  }

  /** Returns who skipped the delivery; empty if nobody did, or the user is unknown. */
  private static String skipped(Delivery delivery, List<Attempt> newestFirst, ManualActions again) {
    return delivery.state() != DeliveryState.EXHAUSTED || newestFirst.isEmpty()
        ? ""
        : again.skip(newestFirst.get(0), null).map(ManualActions.Cause::words).orElse("");
  }

  private DeliveryTimeline.Plan plan(Delivery delivery, Endpoint endpoint, DeliveryReason reason) {
    RetrySettings own = endpoint.retry();
    return new DeliveryTimeline.Plan(
        own == null ? webhooks.settings().get(endpoint.site()).retry() : own,
        endpoint.order() == DeliveryOrder.BY_KEY && delivery.orderingKey() != null,
        reason.nextAttemptAt(),
        webhooks.endpoints().health(endpoint).isProbed());
  }

  /**
   * Returns the delivery that a waiting one waits for; null unless it is among the endpoint's
   * newest.
   */
  private @Nullable DeliveryRow before(Delivery delivery, EndpointList targets, Visit visit) {
    if (delivery.state() != DeliveryState.WAITING) {
      return null;
    }
    DeliveryQuery first =
        DeliveryQuery.ofSite(delivery.site())
            .endpoint(delivery.endpoint())
            .states(Set.of(DeliveryState.BLOCKED, DeliveryState.PENDING, DeliveryState.HELD))
            .limit(PageRequest.MAX_LIMIT);
    return webhooks.deliveries().list(first).data().stream()
        .filter(one -> Objects.equals(one.orderingKey(), delivery.orderingKey()))
        .findFirst()
        .map(one -> DeliveryRow.of(one, targets, visit.now()))
        .orElse(null);
  }

  public ConsoleReply retry(Visit visit) {
    Delivery delivery = webhooks.deliveries().get(visit.site(), id(visit));
    String back = visit.path("/deliveries/" + delivery.id());
    List<Attempt> before = reversed(attempts(visit.site(), delivery));
    try {
      var unused =
          FutureResult.of(visit.webhooks().deliveries().retry(visit.site(), delivery.id()));
      return ConsoleReply.seeOther(back + FollowUp.query(before.isEmpty() ? null : before.get(0)));
    } catch (RefusedException e) {
      return visit.refused(back, e.getMessage());
    }
  }

  private static List<Attempt> reversed(List<Attempt> some) {
    List<Attempt> all = new ArrayList<>(some);
    Collections.reverse(all);
    return all;
  }

  public ConsoleReply cancel(Visit visit) {
    String back = visit.path("/deliveries/" + id(visit));
    try {
      var unused = FutureResult.of(visit.webhooks().deliveries().cancel(visit.site(), id(visit)));
      return visit.done(back, "The delivery was cancelled.");
    } catch (RefusedException e) {
      return visit.refused(back, e.getMessage());
    }
  }

  /** Skips a blocked delivery, so that the next one with its ordering key is sent. */
  public ConsoleReply skip(Visit visit) {
    String back = visit.path("/deliveries/" + id(visit));
    try {
      var unused = FutureResult.of(visit.webhooks().blockedKeys().skip(visit.site(), id(visit)));
      return visit.done(back, "The delivery was skipped; the next event with its key is sent.");
    } catch (RefusedException e) {
      return visit.refused(back, e.getMessage());
    }
  }

  private static DeliveryId id(Visit visit) {
    return visit.id("id", "delivery", DeliveryId::parse);
  }

  /** Returns the newest 500 attempts, oldest first. */
  private List<Attempt> attempts(SiteId site, Delivery delivery) {
    AttemptQuery query =
        AttemptQuery.ofSite(site).delivery(delivery.id()).limit(PageRequest.MAX_LIMIT);
    return reversed(webhooks.deliveries().attempts(query).data());
  }

  /** Returns the attempt named in the URL, or else the newest one; null if there is none. */
  private static @Nullable Attempt chosen(List<Attempt> newestFirst, Visit visit) {
    String wanted = visit.query().text("attempt");
    return newestFirst.stream()
        .filter(attempt -> attempt.id().toString().equals(wanted))
        .findFirst()
        .orElse(newestFirst.isEmpty() ? null : newestFirst.get(0));
  }

  /** Returns the body of an attempt, which is the event's payload if it was sent as stored. */
  private static BodyText body(
      Event event, @Nullable Attempt chosen, @Nullable SelectedAttempt shown, int version) {
    BodyVersion made = chosen == null ? null : chosen.body();
    AttemptView.Sent sent = shown == null ? null : shown.view().sent();
    if (made == null || sent == null) {
      String note = made == null ? ", the same in every attempt" : " of the event; none was sent";
      return BodyText.of(
          event.payload().text(), NumberText.counted(event.payload().size(), "byte") + note);
    }
    int size = sent.body().getBytes(StandardCharsets.UTF_8).length;
    String how =
        made.version() == version
            ? ", rendered as " + made.format() + " (version " + made.version() + ")"
            : ", as version "
                + version
                + " renders them now; sent was "
                + made.format()
                + ", version "
                + made.version();
    return BodyText.of(sent.body(), NumberText.counted(size, "byte") + how);
  }
}
