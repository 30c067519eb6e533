package dev.hookferry.http.console.endpoints;

import dev.hookferry.Endpoints;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.deliveries.AttemptView;
import dev.hookferry.http.console.deliveries.FollowUp;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.navigation.LastChange;
import dev.hookferry.http.console.problems.EndpointProblemSummary;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.KeyValueLines;
import dev.hookferry.http.console.text.ReceiverSnippets;
import dev.hookferry.http.console.text.ResponseQuote;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Undelivered;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.transport.SentRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page of one endpoint: its state, its actions, and how its receiver verifies signatures. */
public final class EndpointPage {
  private static final PageRequest FEW = PageRequest.of(10);

  private final Webhooks webhooks;

  private final FrameRenderer frames;
  private final Activity activity;
  private final PendingTests tests;

  public EndpointPage(
      Webhooks webhooks, FrameRenderer frames, Activity activity, PendingTests tests) {
    this.webhooks = webhooks;
    this.frames = frames;
    this.activity = activity;
    this.tests = tests;
  }

  /**
   * Content of the page.
   *
   * @param row the endpoint as in lists
   * @param secret its new secret, shown only once, or null
   * @param test the result of a test that was just sent, or null
   * @param top the content at the top of the page
   * @param settings its settings as labelled values, and its signature schemes
   * @param recent the newest deliveries
   * @param blocked the newest deliveries that block an ordering key
   * @param examples the subscribed event types that have an example to send
   * @param cards figures of its deliveries
   * @param resume the offer to resume the endpoint; null if nothing waits or it is not paused
   * @param changed who changed it last, or null
   * @param portal the query for a portal link for the customer with the endpoint's labels
   */
  public record View(
      EndpointRow row,
      @Nullable String secret,
      @Nullable AttemptView test,
      Top top,
      EndpointFacts.Grouped settings,
      RecentDeliveries recent,
      List<BlockedRow> blocked,
      List<String> examples,
      EndpointCards cards,
      @Nullable ResumeOffer resume,
      @Nullable LastChange changed,
      String portal) {
    /** Returns whether there may be failed deliveries to retry that a resume would not send. */
    public boolean hasFailed() {
      boolean sends = row.enabled();
      return (sends && row.share().failed() > 0)
          || (sends && row.waiting().count().total() > 0)
          || (sends && !row.error().isEmpty())
          || row.waiting().count().blockedKeys() > 0
          || recent.rows().stream().anyMatch(one -> ReplayWindow.FAILED.contains(one.state()));
    }

    /** Returns whether the endpoint is paused and its new secret is shown, with instructions. */
    public boolean isJustPaused() {
      return secret != null && top.paused() != null;
    }

    /** Returns the query of the replay form for events from before the endpoint was created. */
    public String earlier() {
      return "?status=missing&endpoint=" + row.id();
    }

    /** Returns the share of blocked keys shown, such as {@code (10 of 25)}; empty if all are. */
    public String blockedShare() {
      int all = row.waiting().count().blockedKeys();
      return all > blocked.size() ? " (" + blocked.size() + " of " + NumberText.of(all) + ")" : "";
    }
  }

  /**
   * Notes at the top of the page.
   *
   * @param followUp progress of deliveries after a resume, or null
   * @param problem the problem of the endpoint; null if there is none
   * @param paused when a user paused it; empty if unknown, null if no user did
   * @param oldUntil when its old secrets stop signing; empty if there are none
   */
  public record Top(
      @Nullable FollowUp followUp,
      @Nullable EndpointProblemSummary problem,
      @Nullable DisplayTime paused,
      String oldUntil) {}

  /** Sends a signed test now, and shows the response on the next page. */
  public ConsoleReply test(Visit visit) {
    String name = visit.form().text("type");
    return tested(visit, name.isEmpty() ? "test" : name);
  }

  /** Sends a signed test of a type now, and shows the response on the next page. */
  ConsoleReply tested(Visit visit, String name) {
    var unused = secret(visit);
    try {
      EventType type = new EventType(name);
      Attempt attempt =
          tests.await(
              visit.site(), () -> visit.webhooks().endpoints().test(visit.site(), id(visit), type));
      visit
          .session()
          .reveal(id(visit).toString(), AttemptView.ofTest(attempt, sent(attempt), visit.now()));
      return ConsoleReply.seeOther(path(visit));
    } catch (ConflictException | OverloadedException e) {
      return visit.refused(path(visit), e.getMessage());
    }
  }

  private Optional<SentRequest> sent(Attempt attempt) {
    try {
      return webhooks.deliveries().sent(attempt);
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** Returns a new secret, and stores it for the next visit until it is dismissed. */
  private static @Nullable String secret(Visit visit) {
    String id = id(visit).toString();
    String secret = visit.session().revealed(id, String.class);
    if (secret == null || visit.query().has("dismiss")) {
      return null;
    }
    if (!ReceiverSnippets.isPublicKey(secret)) {
      visit.session().reveal(id, secret);
    }
    return secret;
  }

  public ConsoleReply pause(Visit visit) {
    EndpointSpec paused = EndpointSpec.change().enabled(false);
    var unused = visit.webhooks().endpoints().change(visit.site(), id(visit), paused);
    return ConsoleReply.seeOther(path(visit));
  }

  /** Resumes the endpoint and redirects to a page that follows its deliveries. */
  public ConsoleReply resume(Visit visit) {
    List<Attempt> before = attempts(visit);
    Undelivered held = held(visit);
    try {
      Integer rate = ResumeOffer.rate(visit.form());
      var unused = visit.webhooks().endpoints().resume(visit.site(), id(visit), rate);
    } catch (InvalidException e) {
      return visit.refused(path(visit), e.getMessage());
    }
    return ConsoleReply.seeOther(
        path(visit)
            + FollowUp.query(before.isEmpty() ? null : before.get(0))
            + ResumeProgress.query(held));
  }

  private Undelivered held(Visit visit) {
    Endpoint endpoint = webhooks.endpoints().get(visit.site(), id(visit));
    return WaitingDeliveries.to(webhooks, endpoint).of(endpoint.id());
  }

  private List<Attempt> attempts(Visit visit) {
    AttemptQuery query = AttemptQuery.ofSite(visit.site()).endpoint(id(visit)).page(FEW);
    return webhooks.deliveries().attempts(query).data();
  }

  private @Nullable FollowUp followUp(
      Visit visit, Endpoint endpoint, EndpointRow row, List<Attempt> attempts) {
    boolean isNewer = FollowUp.isNewer(visit, attempts);
    if (!isNewer && row.waiting().count().total() == 0) {
      return FollowUp.done(visit, "Resumed", "No deliveries were waiting.");
    }
    ResumeProgress progress = isNewer ? ResumeProgress.of(visit, endpoint, webhooks) : null;
    if (progress == null) {
      return FollowUp.of(visit, attempts, row.waiting().follows(visit.now(), row.reason()));
    }
    EndpointHealth.State state = webhooks.endpoints().health(endpoint).state();
    return progress.note(attempts.get(0), endpoint.status(), row.whyNotSent(state));
  }

  public ConsoleReply rotate(Visit visit) {
    String hours = visit.form().text("hours");
    Duration overlap = Duration.ofHours(hours.matches("[0-9]{1,3}") ? Long.parseLong(hours) : 24);
    Endpoints endpoints = visit.webhooks().endpoints();
    SecretType present = endpoints.get(visit.site(), id(visit)).signing().secretType();
    SigningSecret given = SecretsForm.generated(visit.form().text("secretType"), present);
    SigningSecret secret = endpoints.rotateSecret(visit.site(), id(visit), overlap, given);
    visit.session().reveal(id(visit).toString(), secret.forReceiver());
    String path = path(visit);
    return overlap.isZero()
        ? visit.done(path, "The secret is rotated.", "The old one no longer signs.")
        : ConsoleReply.seeOther(path);
  }

  public ConsoleReply remove(Visit visit) {
    Endpoint endpoint = webhooks.endpoints().get(visit.site(), id(visit));
    EndpointTable table = EndpointTable.of(webhooks, activity, visit, endpoint);
    EndpointRow row = table.rows(List.of(endpoint)).get(0);
    visit.webhooks().endpoints().remove(visit.site(), id(visit));
    return visit.done(
        visit.path("/endpoints"),
        "The endpoint " + row.name() + " was removed.",
        row.waiting().cancelled());
  }

  public ConsoleReply show(Visit visit) {
    SiteId site = visit.site();
    Endpoint endpoint = webhooks.endpoints().get(site, id(visit));
    EndpointTable table = EndpointTable.of(webhooks, activity, visit, endpoint);
    List<Attempt> newest = attempts(visit);
    EndpointRow row = table.rows(List.of(endpoint)).get(0).quoting(ResponseQuote.ofFailure(newest));
    View view =
        new View(
            row,
            secret(visit),
            visit.session().revealed(endpoint.id().toString(), AttemptView.class),
            new Top(
                followUp(visit, endpoint, row, newest),
                EndpointProblemSummary.of(
                    webhooks, endpoint, newest, row.health().failingSince(), visit.now()),
                paused(endpoint, visit),
                SecretsForm.oldUntil(endpoint, visit.now())),
            new EndpointFacts(webhooks, activity, visit).of(endpoint),
            RecentDeliveries.of(webhooks, endpoint, table, visit, newest),
            BlockedRow.of(webhooks, endpoint, visit, FEW),
            examples(endpoint),
            EndpointCards.of(endpoint, table, visit),
            ResumeOffer.of(webhooks, endpoint, row),
            LastChange.ofEndpoint(visit, endpoint.id().toString()),
            endpoint.labels().isEmpty()
                ? "?endpoint=" + endpoint.id()
                : "?labels=" + FormValues.encoded(KeyValueLines.of(endpoint.labels())));
    Frame frame = frames.of(visit, Nav.ENDPOINTS, row.name());
    return TemplateRenderer.page((out, i) -> JteEndpointGenerated.render(out, i, frame, view));
  }

  private static @Nullable DisplayTime paused(Endpoint endpoint, Visit visit) {
    return endpoint.enabled() || endpoint.status().reason() != null
        ? null
        : DisplayTime.of(endpoint.status().since(), visit.now());
  }

  private List<String> examples(Endpoint endpoint) {
    return webhooks.eventTypes().all(endpoint.site()).stream()
        .filter(type -> type.example() != null && endpoint.isSubscribedTo(type.type()))
        .map(type -> type.type().name())
        .toList();
  }

  private static String path(Visit visit) {
    return visit.path("/endpoints/" + id(visit));
  }

  private static EndpointId id(Visit visit) {
    return visit.id("id", "endpoint", EndpointId::parse);
  }
}
