package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.filter.Filter;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.portal.deliveries.MissedReview;
import dev.hookferry.http.console.portal.deliveries.NewestFailure;
import dev.hookferry.http.console.portal.deliveries.ShortName;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.console.portal.figures.CustomerBacklog;
import dev.hookferry.http.console.portal.figures.PortalFigures;
import dev.hookferry.http.console.portal.forms.FilterResult;
import dev.hookferry.http.console.portal.forms.SavedChanges;
import dev.hookferry.http.console.portal.forms.SavedSecrets;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.query.DeliveryQuery;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page of an endpoint, which also shows its new secret until that is dismissed. */
final class PortalEndpointPage {
  private final Webhooks webhooks;
  private final @Nullable Activity activity;
  private final SavedSecrets kept;

  /**
   * Creates the page.
   *
   * @param activity recent activity; null to show no figures
   * @param kept new secrets, until they are dismissed
   */
  PortalEndpointPage(Webhooks webhooks, @Nullable Activity activity, SavedSecrets kept) {
    this.webhooks = webhooks;
    this.activity = activity;
    this.kept = kept;
  }

  /** Returns the figures for a visitor; null if there are none. */
  @Nullable PortalFigures figures(PortalVisit visit) {
    return activity == null ? null : new PortalFigures(activity, visit.words(), visit.now());
  }

  ConsoleReply show(PortalVisit visit, Endpoint shown) {
    String dismissed = visit.query().text("dismiss");
    if (!dismissed.isEmpty()) {
      kept.dismiss(visit.access().session(), dismissed);
      return ConsoleReply.seeOther(visit.request().path());
    }
    Optional<ShownSecret> secret = ShownSecret.of(kept, visit, shown);
    PortalFigures figures = figures(visit);
    CustomerBacklog backlog =
        new CustomerBacklog(
            DeliveryQuery.ofSite(shown.site()).endpoint(shown.id()),
            List.of(shown),
            visit.access()::deliveries);
    PortalEndpointView view = PortalEndpointView.of(webhooks, visit, shown, backlog, figures);
    Optional<PortalFigures.Cards> cards =
        Optional.ofNullable(figures)
            .map(all -> all.cards(shown, visit.query().text("range"), backlog));
    Optional<MissedReview.MissedProgress> missed =
        visit.access().can(PortalCapability.RETRY)
            ? MissedReview.MissedProgress.of(
                visit.access().missedEvents(shown.id()), visit.query(), visit.words())
            : Optional.empty();
    Optional<FilterResult> tried = tried(visit, shown);
    PortalFrame frame = frame(visit, shown);
    return TemplateRenderer.page(
        (out, i) ->
            JtePortalEndpointGenerated.render(out, i, frame, view, cards, secret, missed, tried));
  }

  /**
   * Returns the frame. A resumed endpoint may be disabled again at any moment, so its state is
   * reread after the page's content: the two must not differ.
   */
  private PortalFrame frame(PortalVisit visit, Endpoint shown) {
    PortalFrame frame = visit.titled(ShortName.of(shown));
    if (PortalNote.SAVED.isIn(visit.query())) {
      String gained = SavedChanges.gained(visit.query(), shown, visit.words());
      String missed = "/portal/endpoints/" + shown.id() + "/missed";
      boolean may = visit.access().can(PortalCapability.RETRY);
      return gained.isEmpty() ? frame : frame.with(frame.note().and(gained, may ? missed : ""));
    }
    if (!PortalNote.RESUMED.isIn(visit.query())) {
      return frame;
    }
    Endpoint now = visit.access().endpoint(shown.id());
    String cause =
        NewestFailure.attempt(webhooks, now)
            .map(new TranslatedReasons(visit.words(), visit.now())::cause)
            .orElse("");
    return frame.with(PortalNote.resumed(visit, webhooks.endpoints().health(now), cause));
  }

  /** Returns a warning about a filter that was just saved, if it may be a mistake. */
  private static Optional<FilterResult> tried(PortalVisit visit, Endpoint saved) {
    Filter filter = saved.filter();
    boolean isSaved = PortalNote.SAVED.isIn(visit.query()) || visit.query().has(ShownSecret.FIELD);
    return filter == null || !isSaved || !visit.access().can(PortalCapability.MANAGE, saved)
        ? Optional.empty()
        : Optional.of(FilterResult.of(filter, saved.eventTypes(), visit.access(), visit.words()))
            .filter(FilterResult::isDoubtful);
  }
}
