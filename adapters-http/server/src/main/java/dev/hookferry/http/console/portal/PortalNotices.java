package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.console.portal.deliveries.NewestFailure;
import dev.hookferry.http.console.portal.deliveries.Remedy;
import dev.hookferry.http.console.portal.deliveries.ShortName;
import dev.hookferry.http.console.portal.deliveries.TimedText;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.console.portal.figures.BacklogPart;
import dev.hookferry.http.console.portal.figures.CustomerBacklog;
import dev.hookferry.http.console.portal.figures.PortalFigures;
import dev.hookferry.http.console.portal.notices.EndpointNotice;
import dev.hookferry.http.console.portal.notices.MovedEndpoints;
import dev.hookferry.http.console.portal.notices.PageNotices;
import dev.hookferry.http.console.portal.notices.ResumeAdvice;
import dev.hookferry.http.portal.PortalReasons;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealth.State;
import dev.hookferry.portal.PortalCapability;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notices about failing or disabled endpoints, with advice for the customer. */
public final class PortalNotices {
  private static final int MAX = 5;

  private final Webhooks webhooks;
  private final PortalVisit visit;
  private final Words words;
  private final Instant now;
  private final CustomerBacklog backlog;
  private final @Nullable PortalFigures figures;
  private final MovedEndpoints moved;

  /**
   * Creates the notices of a page.
   *
   * @param figures figures of endpoints, already read; null if there are none
   * @param moved endpoints whose new URL is not known to work
   */
  PortalNotices(
      Webhooks webhooks,
      PortalVisit visit,
      CustomerBacklog backlog,
      @Nullable PortalFigures figures,
      MovedEndpoints moved) {
    this.webhooks = webhooks;
    this.visit = visit;
    this.backlog = backlog;
    this.figures = figures;
    this.moved = moved;
    words = visit.words();
    now = visit.now();
  }

  /** Returns the notices about these endpoints. */
  PageNotices of(List<Endpoint> endpoints) {
    List<Endpoint> affected = endpoints.stream().filter(this::isAffected).toList();
    int more = Math.max(0, affected.size() - MAX);
    String others = more == 0 ? "" : words.count("notice.more", more, false);
    return new PageNotices(affected.stream().limit(MAX).map(this::notice).toList(), others);
  }

  /** Returns the notice about an endpoint on its own page, which also reports a pause or move. */
  PageNotices ofOne(Endpoint endpoint) {
    if (webhooks.endpoints().health(endpoint).state() == State.PAUSED) {
      return new PageNotices(
          List.of(stopped(endpoint, ResumeAdvice.ofPaused(webhooks, endpoint))), "");
    }
    return moved.contains(endpoint)
        ? new PageNotices(List.of(notice(endpoint)), "")
        : of(List.of(endpoint));
  }

  /** Returns whether an endpoint needs attention. */
  boolean isAffected(Endpoint endpoint) {
    EndpointHealth health = webhooks.endpoints().health(endpoint);
    return health.state() == State.DISABLED
        || TranslatedReasons.isInTrouble(health)
        || limitedUntil(endpoint).isPresent()
        || blocked(endpoint) > 0
        || moved.hasFailed(endpoint)
        || (moved.contains(endpoint) && ProblemHeadline.undelivered(endpoint, backlog) > 0)
        || endpoint.status().disablesAt() != null;
  }

  /** Returns whether the endpoint has a new URL to which nothing has been sent yet. */
  boolean isUntested(Endpoint endpoint) {
    return moved.contains(endpoint) && !moved.hasFailed(endpoint);
  }

  /** Returns whether the only problem is that deliveries are delayed on the operator's side. */
  boolean isOurs(Endpoint endpoint) {
    return endpoint.status().disablesAt() == null
        && PortalReasons.isOurs(endpoint, webhooks.endpoints().health(endpoint));
  }

  /** Returns when deliveries that wait because of an endpoint's last response are sent. */
  Optional<Instant> limitedUntil(Endpoint endpoint) {
    return PortalReasons.limitedUntil(webhooks.endpoints().health(endpoint), now)
        .filter(until -> backlog.undelivered(endpoint.id()).waiting() > 0)
        .filter(until -> blocked(endpoint) == 0 && endpoint.status().disablesAt() == null);
  }

  /** Returns the number of the endpoint's blocked ordering keys. */
  int blocked(Endpoint endpoint) {
    return backlog.undelivered(endpoint.id()).blockedKeys();
  }

  /** Returns the notice about an endpoint that needs attention. */
  EndpointNotice notice(Endpoint endpoint) {
    EndpointHealth health = webhooks.endpoints().health(endpoint);
    if (health.state() == State.DISABLED) {
      return stopped(endpoint, ResumeAdvice.ofDisabled(webhooks, endpoint, health, visit.access()));
    }
    Instant end = endpoint.status().disablesAt();
    String name = ShortName.of(endpoint);
    if (isOurs(endpoint)) {
      TimedText text = TimedText.of(words.text("notice.ours", name));
      return plain(endpoint, "wait", text, words.text("notice.ours-help"), Remedy.NONE);
    }
    if (endpoint.filter() != null && endpoint.filter().problem().isPresent()) {
      return unreadable(endpoint);
    }
    if (isUntested(endpoint)) {
      boolean may = visit.access().can(PortalCapability.TEST);
      TimedText text = TimedText.of(words.text(may ? "notice.moved-test" : "notice.moved", name));
      return failing(endpoint, text, Optional.empty(), health);
    }
    Optional<Attempt> newest = NewestFailure.attempt(webhooks, endpoint);
    if (moved.contains(endpoint)) {
      TimedText text = TimedText.of(words.text("notice.moved-failed", name));
      return failing(endpoint, text, newest, health);
    }
    if (end != null) {
      TimedText text =
          TimedText.headline(
              words.text("notice.ending", name, TimedText.TIME), words.clock(end, now));
      return failing(endpoint, text, newest, health);
    }
    if (!TranslatedReasons.isInTrouble(health) && limitedUntil(endpoint).isEmpty()) {
      return failing(endpoint, TimedText.of(words.text("notice.stopped", name)), newest, health);
    }
    return failing(endpoint, failingSince(endpoint, newest, health), newest, health);
  }

  private TimedText failingSince(
      Endpoint endpoint, Optional<Attempt> newest, EndpointHealth health) {
    String name = ShortName.of(endpoint);
    boolean isFailing = TranslatedReasons.isFailing(health);
    String cause = newest.map(new TranslatedReasons(words, now)::cause).orElse("");
    Instant since = figures == null ? null : figures.failingSince(endpoint);
    String tail = cause.isEmpty() ? "" : words.text("notice.cause", cause);
    Optional<Instant> until = limitedUntil(endpoint);
    if (until.isPresent()) {
      return TimedText.headline(
          words.text("notice.limited-until", name, TimedText.TIME, tail),
          words.clock(until.get(), now));
    }
    return since == null
        ? TimedText.of(words.text(isFailing ? "notice.failing" : "notice.limited", name, tail))
        : TimedText.headline(
            words.text(
                isFailing ? "notice.failing-since" : "notice.limited-since",
                name,
                TimedText.TIME,
                tail),
            words.clock(since, now));
  }

  /** Returns when an endpoint began to fail, or was disabled; null if unknown. */
  @Nullable Instant since(Endpoint endpoint) {
    if (moved.contains(endpoint)) {
      return null;
    }
    Instant failing = figures == null ? null : figures.failingSince(endpoint);
    return endpoint.enabled() ? failing : endpoint.status().since();
  }

  private String help(Endpoint endpoint, String own, String ask) {
    boolean may = visit.access().can(PortalCapability.MANAGE, endpoint);
    return words.text(may ? own : ask, visit.provider());
  }

  private EndpointNotice stopped(Endpoint endpoint, ResumeAdvice advice) {
    boolean may = visit.access().can(PortalCapability.MANAGE, endpoint);
    Instant since = endpoint.status().since();
    String name = ShortName.of(endpoint);
    TimedText text =
        since == null
            ? TimedText.of(words.text(advice.notice() + "-undated", name))
            : TimedText.headline(
                words.text(advice.notice(), name, TimedText.TIME), words.clock(since, now));
    return new EndpointNotice(
        endpoint.id().toString(),
        advice.tone(),
        text,
        DisplayTime.EMPTY,
        counts(endpoint),
        advice.isComplete()
            ? NewestFailure.NONE
            : failure(endpoint, NewestFailure.attempt(webhooks, endpoint), text),
        help(endpoint, advice.help(), advice.ask()),
        "",
        may ? advice.remedy() : Remedy.NONE,
        may);
  }

  private NewestFailure failure(Endpoint endpoint, Optional<Attempt> attempt, TimedText told) {
    TranslatedReasons reasons = new TranslatedReasons(words, now);
    return attempt
        .map(one -> NewestFailure.of(one, told, reasons, visit.provider(endpoint)))
        .orElse(NewestFailure.NONE);
  }

  private EndpointNotice unreadable(Endpoint endpoint) {
    boolean may = visit.access().can(PortalCapability.MANAGE, endpoint);
    TimedText text = TimedText.of(words.text("notice.filter", ShortName.of(endpoint)));
    String help = help(endpoint, "notice.change-help", "notice.ask-change");
    return plain(endpoint, "bad", text, help, may ? Remedy.CHANGE : Remedy.NONE);
  }

  private EndpointNotice plain(
      Endpoint endpoint, String tone, TimedText text, String help, Remedy remedy) {
    String id = endpoint.id().toString();
    DisplayTime none = DisplayTime.EMPTY;
    return new EndpointNotice(
        id, tone, text, none, counts(endpoint), NewestFailure.NONE, help, "", remedy, false);
  }

  private List<BacklogPart> counts(Endpoint endpoint) {
    boolean isStopped = webhooks.endpoints().health(endpoint).isHeld();
    return BacklogPart.ofEndpoint(endpoint.id(), backlog, isStopped, words);
  }

  private EndpointNotice failing(
      Endpoint endpoint, TimedText text, Optional<Attempt> newest, EndpointHealth health) {
    boolean may = visit.access().can(PortalCapability.RETRY);
    boolean isBack =
        newest.isEmpty()
            && !moved.contains(endpoint)
            && NewestFailure.hasArrived(webhooks, endpoint);
    int stopped = blocked(endpoint);
    MatchCount failed = backlog.failed(endpoint.id());
    String help;
    Remedy remedy = Remedy.NONE;
    if (stopped > 0) {
      help =
          may
              ? words.count("notice.blocked-help", stopped, false)
              : words.count("notice.ask-blocked", stopped, false, visit.provider());
      remedy = isBack ? Remedy.UNBLOCK : Remedy.UNBLOCK_LATER;
    } else if (failed.known() > 0) {
      String again = isBack ? "notice.retry-tested" : "notice.retry-help";
      help = may ? words.text(again) : words.text("notice.ask-retry", visit.provider());
      remedy = isBack ? Remedy.RETRY : Remedy.RETRY_LATER;
    } else {
      int pending = backlog.undelivered(endpoint.id()).waiting();
      help = pending == 0 ? "" : words.count("notice.wait-help", pending, false);
    }
    boolean isOnlySlowed = health.state() == State.RATE_LIMITED && stopped == 0;
    boolean isMild = isOnlySlowed || isUntested(endpoint);
    return new EndpointNotice(
        endpoint.id().toString(),
        isMild && endpoint.status().disablesAt() == null ? "wait" : "bad",
        text,
        next(endpoint, health),
        counts(endpoint),
        failure(endpoint, newest, text),
        help,
        failed.known() == 0 ? "" : words.count("notice.retry", failed.known(), failed.more()),
        remedy != Remedy.NONE && may ? remedy : test(endpoint),
        visit.access().can(PortalCapability.MANAGE, endpoint));
  }

  /** Returns the advice to test a new URL; nothing else helps before that. */
  private Remedy test(Endpoint endpoint) {
    boolean helps = moved.contains(endpoint) && visit.access().can(PortalCapability.TEST);
    return helps ? Remedy.TEST : Remedy.NONE;
  }

  /**
   * Returns when the next attempt is made; empty if nothing is pending, the time is unknown, or the
   * notice already has it.
   */
  private DisplayTime next(Endpoint endpoint, EndpointHealth health) {
    Instant next = limitedUntil(endpoint).isPresent() ? null : backlog.next(endpoint.id(), health);
    return next == null || !next.isAfter(now) ? DisplayTime.EMPTY : words.due(next, now);
  }
}
