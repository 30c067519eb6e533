package dev.hookferry.http.console.endpoints;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.activity.EndpointActivity;
import dev.hookferry.http.console.deliveries.AttemptView;
import dev.hookferry.http.console.deliveries.DeliveryRow;
import dev.hookferry.http.console.deliveries.FollowUp;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.FutureResult;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.DisplayTime;
import dev.hookferry.http.console.text.PairLines;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.policy.DeliveryPolicy;
import dev.hookferry.policy.PolicyValue;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.transport.SentRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows one endpoint: its state, its actions, and how its receiver verifies signatures. */
public final class EndpointPage {
  private static final PageRequest FEW = PageRequest.of(10);

  private final Webhooks webhooks;
  private final FrameRenderer frames;
  private final Activity activity;

  public EndpointPage(Webhooks webhooks, FrameRenderer frames, Activity activity) {
    this.webhooks = webhooks;
    this.frames = frames;
    this.activity = activity;
  }

  /**
   * Content of the page.
   *
   * @param row the endpoint as in lists
   * @param secret its new secret, shown only once, or null
   * @param test the result of a test that was just sent, or null
   * @param followUp progress of deliveries after a resume, or null
   * @param facts named values
   * @param deliveries the newest
   * @param blocked those that block an ordering key, the newest
   */
  public record View(
      EndpointRow row,
      @Nullable String secret,
      @Nullable AttemptView test,
      @Nullable FollowUp followUp,
      List<Fact> facts,
      List<DeliveryRow> deliveries,
      List<BlockedKey> blocked) {}

  /**
   * An ordering key that a delivery blocks.
   *
   * @param since when it was blocked
   */
  public record BlockedKey(String key, String delivery, String type, DisplayTime since) {}

  /**
   * A named value of an endpoint.
   *
   * @param mono whether to use a monospaced font
   */
  public record Fact(String name, String text, boolean mono) {
    Fact(String name, String text) {
      this(name, text, false);
    }
  }

  /** Sends a signed test now, and shows the response on the next page. */
  public ConsoleReply test(Visit visit) {
    try {
      Attempt attempt = FutureResult.of(visit.webhooks().endpoints().test(visit.site(), id(visit)));
      visit
          .session()
          .reveal(id(visit).toString(), AttemptView.of(attempt, sent(attempt), visit.now()));
      return ConsoleReply.seeOther(path(visit));
    } catch (ConflictException e) {
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

  public ConsoleReply pause(Visit visit) {
    enable(visit, false);
    return visit.done(
        path(visit), "The endpoint is paused: its deliveries are held, nothing is lost.");
  }

  /** Resumes the endpoint, and leads to a page that follows its deliveries. */
  public ConsoleReply resume(Visit visit) {
    List<Attempt> before = attempts(visit);
    enable(visit, true);
    return ConsoleReply.seeOther(path(visit) + FollowUp.query(before));
  }

  private List<Attempt> attempts(Visit visit) {
    AttemptQuery all = AttemptQuery.ofSite(visit.site());
    return webhooks
        .deliveries()
        .attempts(AttemptQuery.ofSite(all.site()).endpoint(id(visit)).page(FEW))
        .data();
  }

  private @Nullable FollowUp followUp(Visit visit, EndpointRow row) {
    String waits = row.reason();
    if (waits.isEmpty() && row.waiting().count() == 0) {
      waits = "resumed: no deliveries are waiting";
    }
    return FollowUp.of(visit, attempts(visit), waits);
  }

  public ConsoleReply rotate(Visit visit) {
    String hours = visit.form().text("hours");
    Duration overlap = Duration.ofHours(hours.matches("[0-9]{1,3}") ? Long.parseLong(hours) : 24);
    String secret =
        visit.webhooks().endpoints().rotateSecret(visit.site(), id(visit), overlap, null).reveal();
    visit.session().reveal(id(visit).toString(), secret);
    return visit.done(path(visit), "The secret is rotated.");
  }

  public ConsoleReply remove(Visit visit) {
    String url = webhooks.endpoints().get(visit.site(), id(visit)).url().text();
    visit.webhooks().endpoints().remove(visit.site(), id(visit));
    return visit.done(
        visit.path("/endpoints"),
        "The endpoint " + url + " is removed. Its pending deliveries are cancelled.");
  }

  private static void enable(Visit visit, boolean enabled) {
    var unused =
        visit
            .webhooks()
            .endpoints()
            .change(visit.site(), id(visit), EndpointSpec.change().enabled(enabled));
  }

  public ConsoleReply show(Visit visit) {
    SiteId site = visit.site();
    Endpoint endpoint = webhooks.endpoints().get(site, id(visit));
    EndpointList targets = new EndpointList(webhooks, site);
    DeliveryQuery newest = DeliveryQuery.ofSite(site).endpoint(endpoint.id()).page(FEW);
    EndpointRow row = EndpointTable.of(webhooks, activity, visit).row(endpoint);
    View view =
        new View(
            row,
            visit.session().revealed(endpoint.id().toString(), String.class),
            visit.session().revealed(endpoint.id().toString(), AttemptView.class),
            followUp(visit, row),
            facts(endpoint, visit),
            webhooks.deliveries().list(newest).data().stream()
                .map(delivery -> DeliveryRow.of(delivery, targets, visit.now()))
                .toList(),
            blocked(endpoint, visit));
    Frame frame = frames.of(visit, Nav.ENDPOINTS, "Endpoint");
    return TemplateRenderer.page((out, i) -> JteEndpointGenerated.render(out, i, frame, view));
  }

  private List<BlockedKey> blocked(Endpoint endpoint, Visit visit) {
    if (!endpoint.order().isByKey()) {
      return List.of();
    }
    return webhooks.blockedKeys().list(visit.site(), endpoint.id(), FEW).data().stream()
        .map(
            one ->
                new BlockedKey(
                    String.valueOf(one.orderingKey()),
                    one.id().toString(),
                    one.type().name(),
                    DisplayTime.of(one.dueAt(), visit.now())))
        .toList();
  }

  private List<Fact> facts(Endpoint endpoint, Visit visit) {
    DeliveryPolicy policy = webhooks.endpoints().policy(visit.site(), endpoint.id());
    EndpointActivity.Now health = activity.of(endpoint.id(), visit.now());
    String headers =
        webhooks.endpoints().headers(endpoint).entrySet().stream()
            .map(header -> header.getKey() + ": " + header.getValue())
            .collect(Collectors.joining(", "));
    return List.of(
        new Fact("Id", endpoint.id().toString(), true),
        new Fact("Uid", endpoint.uid() == null ? "none" : endpoint.uid(), endpoint.uid() != null),
        new Fact("Labels", pairs(endpoint.labels())),
        new Fact("Metadata", pairs(endpoint.metadata())),
        new Fact("Event types", EndpointRow.types(endpoint)),
        new Fact("Signatures", signatures(endpoint)),
        new Fact("Secrets", secrets(endpoint, visit)),
        new Fact("Retries", retries(policy.retry().value()) + origin(policy.retry())),
        new Fact(
            "Timeout", DisplayTime.length(policy.timeout().value()) + origin(policy.timeout())),
        endpoint.filter() == null
            ? new Fact("Filter", "none")
            : new Fact("Filter", endpoint.filter().text(), true),
        new Fact("Limits", limits(policy)),
        new Fact("Order", order(endpoint)),
        new Fact("Headers", headers.isEmpty() ? "none" : headers),
        new Fact("Last success", DisplayTime.of(health.lastSuccess(), visit.now()).text()),
        new Fact("Created", DisplayTime.of(endpoint.createdAt(), visit.now()).text()));
  }

  private static String pairs(Map<String, String> pairs) {
    return pairs.isEmpty() ? "none" : PairLines.of(pairs).replace("\n", ", ");
  }

  private static String retries(RetrySettings retry) {
    if (!retry.schedule().isEmpty()) {
      return "after "
          + retry.schedule().stream().map(DisplayTime::length).collect(Collectors.joining(", "));
    }
    return retry.maxRetries()
        + ", every "
        + DisplayTime.length(retry.interval())
        + (retry.backoff() == RetrySettings.Backoff.FIXED ? "" : ", doubling");
  }

  private static String limits(DeliveryPolicy policy) {
    return policy.rate().value().map(rate -> rate + origin(policy.rate())).orElse("no rate limit")
        + ", "
        + policy.concurrency().value()
        + " at once"
        + origin(policy.concurrency());
  }

  private static String order(Endpoint endpoint) {
    return switch (endpoint.order()) {
      case NONE -> "none";
      case BY_KEY -> "by key; an exhausted delivery blocks its key";
      case BY_KEY_SKIPPING -> "by key; exhausted deliveries are skipped";
    };
  }

  private static String origin(PolicyValue<?> value) {
    return switch (value.origin()) {
      case SERVER -> " (server setting)";
      case SITE -> " (site setting)";
      case ENDPOINT -> " (own setting)";
    };
  }

  private static String signatures(Endpoint endpoint) {
    return endpoint.signing().signatures().stream()
        .map(one -> one + (one.isReplayable() ? " (replayable)" : ""))
        .collect(Collectors.joining(", "));
  }

  private static String secrets(Endpoint endpoint, Visit visit) {
    long active =
        endpoint.signing().secrets().stream().filter(s -> s.isActive(visit.now())).count();
    return active == 1 ? "1 active secret" : active + " active secrets, one expires soon";
  }

  private static String path(Visit visit) {
    return visit.path("/endpoints/" + id(visit));
  }

  private static EndpointId id(Visit visit) {
    return visit.id("id", "endpoint", EndpointId::parse);
  }
}
