package dev.hookferry.http.console.frame;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.DeliveryReason;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The endpoints of a site, for lists and filters. */
public final class EndpointList {
  private final Webhooks webhooks;
  private final SiteId site;

  public EndpointList(Webhooks webhooks, SiteId site) {
    this.webhooks = webhooks;
    this.site = site;
  }

  /** Returns an endpoint, unless it was removed. */
  public Optional<Endpoint> find(EndpointId id) {
    try {
      return Optional.of(webhooks.endpoints().get(site, id));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** Returns the URL of an endpoint, or a text that says that it was removed. */
  public String url(EndpointId id) {
    return find(id).map(endpoint -> endpoint.url().text()).orElse("a removed endpoint, " + id);
  }

  /** Returns why a delivery has not ended yet, or how it ended. */
  public DeliveryReason reason(Delivery delivery) {
    return webhooks.deliveries().reason(delivery);
  }

  /** Returns all endpoints of the site, newest first. */
  public List<Endpoint> all() {
    return webhooks.endpoints().all(site);
  }

  /** Returns the endpoints whose URL or description contains a text, newest first. */
  public Stream<Endpoint> matching(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return all().stream()
        .filter(
            endpoint ->
                endpoint.url().text().toLowerCase(Locale.ROOT).contains(wanted)
                    || endpoint.description().toLowerCase(Locale.ROOT).contains(wanted)
                    || (endpoint.uid() != null && endpoint.uid().contains(text)));
  }

  /**
   * Reads the filter {@code endpoint}: an id, a uid, a URL, or a part of a URL or description that
   * only one endpoint has.
   *
   * @return null if the filter is empty or invalid; the latter is added to the problems
   */
  public @Nullable EndpointId named(FormValues query, Problems problems) {
    String text = query.text("endpoint");
    if (text.isEmpty()) {
      return null;
    }
    try {
      return webhooks.endpoints().id(site, text);
    } catch (InvalidException e) {
      return byText(text, problems);
    }
  }

  private @Nullable EndpointId byText(String text, Problems problems) {
    List<Endpoint> found = matching(text).toList();
    List<Endpoint> exact = found.stream().filter(e -> e.url().text().equals(text)).toList();
    List<Endpoint> best = exact.isEmpty() ? found : exact;
    if (best.size() == 1) {
      return best.get(0).id();
    }
    problems.add(
        "endpoint",
        best.isEmpty()
            ? "matches no endpoint's URL, description, uid or id"
            : "matches " + best.size() + " endpoints; type more of the URL, or the id");
    return null;
  }

  /**
   * Returns what the filter field shows for an input: for an id, the endpoint's URL unless other
   * endpoints share it; otherwise the input itself.
   */
  public String shown(String typed) {
    if (typed.isEmpty()) {
      return typed;
    }
    try {
      String url = find(EndpointId.parse(typed)).map(e -> e.url().text()).orElse(typed);
      boolean unique = all().stream().filter(e -> e.url().text().equals(url)).count() == 1;
      return unique ? url : typed;
    } catch (InvalidException e) {
      return typed;
    }
  }
}
