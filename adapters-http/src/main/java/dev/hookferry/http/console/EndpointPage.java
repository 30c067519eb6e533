package dev.hookferry.http.console;

import dev.hookferry.DeliveryFilter;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointChange;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.port.PageRequest;
import dev.hookferry.port.TimeWindow;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.SignatureScheme;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One endpoint: how it does, what can be done about it, how its receiver checks signatures. */
final class EndpointPage {
  private static final PageRequest FEW = new PageRequest(10, null);

  private final Webhooks webhooks;
  private final Frames frames;
  private final Activity activity;

  EndpointPage(Webhooks webhooks, Frames frames, Activity activity) {
    this.webhooks = webhooks;
    this.frames = frames;
    this.activity = activity;
  }

  /**
   * What is shown.
   *
   * @param row as in the list
   * @param secret its new secret, shown this once, or null
   * @param test the answer to a test that was just sent, or null
   * @param facts each with its name
   * @param deliveries the newest
   */
  record View(
      EndpointRow row,
      @Nullable String secret,
      @Nullable AttemptView test,
      List<Fact> facts,
      List<DeliveryRow> deliveries) {}

  /**
   * Something about an endpoint.
   *
   * @param mono whether it is read letter by letter
   */
  record Fact(String name, String text, boolean mono) {
    Fact(String name, String text) {
      this(name, text, false);
    }
  }

  /** Sends a signed test now, and shows the answer on the page that follows. */
  ConsoleReply test(Visit visit) {
    try {
      Attempt attempt = Done.of(visit.webhooks().endpoints().test(visit.site(), id(visit)));
      visit
          .session()
          .reveal(id(visit).toString(), AttemptView.of(attempt, Optional.empty(), visit.now()));
      return ConsoleReply.seeOther(path(visit));
    } catch (ConflictException e) {
      return visit.refused(path(visit), e.getMessage());
    }
  }

  ConsoleReply pause(Visit visit) {
    return enable(visit, false, "The endpoint is paused: its deliveries wait, nothing is lost.");
  }

  ConsoleReply resume(Visit visit) {
    return enable(visit, true, "The endpoint is switched on: what waited goes out now.");
  }

  ConsoleReply rotate(Visit visit) {
    String hours = visit.form().text("hours");
    Duration overlap = Duration.ofHours(hours.matches("[0-9]{1,3}") ? Long.parseLong(hours) : 24);
    String secret =
        visit.webhooks().endpoints().rotateSecret(visit.site(), id(visit), overlap).reveal();
    visit.session().reveal(id(visit).toString(), secret);
    return visit.done(path(visit), "The endpoint has a new secret.");
  }

  ConsoleReply remove(Visit visit) {
    String url = webhooks.endpoints().get(visit.site(), id(visit)).url().text();
    visit.webhooks().endpoints().remove(visit.site(), id(visit));
    return visit.done(
        visit.path("/endpoints"),
        "The endpoint " + url + " is removed. Its pending deliveries are cancelled.");
  }

  private ConsoleReply enable(Visit visit, boolean enabled, String done) {
    var unused =
        visit
            .webhooks()
            .endpoints()
            .change(visit.site(), id(visit), EndpointChange.enabled(enabled));
    return visit.done(path(visit), done);
  }

  ConsoleReply show(Visit visit) {
    SiteId site = visit.site();
    Endpoint endpoint = webhooks.endpoints().get(site, id(visit));
    Targets targets = new Targets(webhooks.endpoints(), site);
    DeliveryFilter filter =
        new DeliveryFilter(null, endpoint.id(), null, null, TimeWindow.ALL, FEW);
    View view =
        new View(
            EndpointBoard.of(webhooks, activity, visit).row(endpoint),
            visit.session().revealed(endpoint.id().toString(), String.class),
            visit.session().revealed(endpoint.id().toString(), AttemptView.class),
            facts(endpoint, visit),
            webhooks.deliveries().list(site, filter).data().stream()
                .map(delivery -> DeliveryRow.of(delivery, targets, visit.now()))
                .toList());
    Frame frame = frames.of(visit, Nav.ENDPOINTS, "Endpoint");
    return Html.page((out, i) -> JteEndpointGenerated.render(out, i, frame, view));
  }

  private List<Fact> facts(Endpoint endpoint, Visit visit) {
    RetrySettings own = endpoint.retry();
    RetrySettings retry = own == null ? webhooks.settings().get(visit.site()).retry() : own;
    Health.Now health = activity.of(endpoint.id(), visit.now());
    String headers =
        webhooks.endpoints().headers(endpoint).entrySet().stream()
            .map(header -> header.getKey() + ": " + header.getValue())
            .collect(Collectors.joining(", "));
    return List.of(
        new Fact("Id", endpoint.id().toString(), true),
        new Fact("Event types", EndpointRow.types(endpoint)),
        new Fact("Signatures", signatures(endpoint)),
        new Fact("Secrets", secrets(endpoint, visit)),
        new Fact(
            "Retries",
            retry.maxRetries()
                + ", every "
                + Moment.length(retry.interval())
                + (retry.backoff() == RetrySettings.Backoff.FIXED ? "" : ", doubling")
                + (own == null ? " (as the site)" : " (its own)")),
        new Fact("Headers", headers.isEmpty() ? "none of its own" : headers),
        new Fact("Last success", Moment.of(health.lastSuccess(), visit.now()).text()),
        new Fact("Registered", Moment.of(endpoint.createdAt(), visit.now()).text()));
  }

  private static String signatures(Endpoint endpoint) {
    return endpoint.signing().schemes().stream()
        .sorted()
        .map(SignatureScheme::name)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static String secrets(Endpoint endpoint, Visit visit) {
    long active =
        endpoint.signing().secrets().stream().filter(s -> s.isActive(visit.now())).count();
    return active == 1 ? "one whsec_ secret" : active + " whsec_ secrets sign, one runs out";
  }

  private static String path(Visit visit) {
    return visit.path("/endpoints/" + id(visit));
  }

  private static EndpointId id(Visit visit) {
    return visit.id("id", "endpoint", EndpointId::parse);
  }
}
