package dev.hookferry.http.console.frame;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.text.EndpointWords;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.ShortenedText;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.DeliveryReason;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The endpoints of a site, for lists and filters. */
public final class EndpointList {
  /** Maximum number of endpoints that one filter may match. */
  private static final int MAX_MEANT = 100;

  private final Webhooks webhooks;
  private final SiteId site;

  public EndpointList(Webhooks webhooks, SiteId site) {
    this.webhooks = webhooks;
    this.site = site;
  }

  /** Returns an endpoint; empty if it was removed. */
  public Optional<Endpoint> find(EndpointId id) {
    try {
      return Optional.of(webhooks.endpoints().get(site, id));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** Returns the name of an endpoint: its description or URL; or a note that it was removed. */
  public String name(EndpointId id) {
    return find(id).map(Endpoint::name).orElse("a removed endpoint, " + id);
  }

  /** Returns the URL of an endpoint that has a description; empty otherwise. */
  public String urlBeside(EndpointId id) {
    return find(id)
        .filter(endpoint -> !endpoint.description().isEmpty())
        .map(endpoint -> endpoint.url().text())
        .orElse("");
  }

  /** Returns the URL of an endpoint, or a note that it was removed. */
  public String url(EndpointId id) {
    return find(id).map(endpoint -> endpoint.url().text()).orElse("a removed endpoint, " + id);
  }

  /** Returns why a delivery has not ended yet, or how it ended, in the console's words. */
  public DeliveryReason reason(Delivery delivery) {
    return EndpointWords.plain(webhooks.deliveries().reason(delivery));
  }

  /** Returns the health of an endpoint. */
  public EndpointHealth health(Endpoint endpoint) {
    return webhooks.endpoints().health(endpoint);
  }

  /** Returns the state of an endpoint. */
  public StatePill pill(Endpoint endpoint) {
    return StatePill.of(health(endpoint));
  }

  /** Returns the short name of an endpoint, with its state unless it works: CRM (failing). */
  public String named(EndpointId id) {
    return find(id).map(this::named).orElse("a removed endpoint");
  }

  /** Returns the short name of an endpoint, with its state unless it works: CRM (failing). */
  public String named(Endpoint endpoint) {
    StatePill pill = pill(endpoint);
    String name = shortName(endpoint);
    return pill.tone().equals("good") ? name : name + " (" + pill.word() + ")";
  }

  /** Returns the short name of an endpoint and its state unless it works: CRM · failing. */
  public String nameAndState(EndpointId id) {
    return find(id)
        .map(one -> shortName(one) + (isWorking(one) ? "" : " · " + pill(one).word()))
        .orElse("a removed endpoint");
  }

  private boolean isWorking(Endpoint endpoint) {
    return pill(endpoint).tone().equals("good");
  }

  /** Returns the endpoint's description; its URL, shortened in the middle, if it has none. */
  public static String shortName(Endpoint endpoint) {
    String name = endpoint.description();
    return name.isEmpty() ? ShortenedText.of(endpoint.url().text()) : name;
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
   * Reads the field {@code endpoint}: an id, uid, URL or name, or a part of a URL or name that
   * matches only one endpoint.
   *
   * @return null if the field is empty or invalid; if invalid, a problem is added
   */
  public @Nullable EndpointId named(FormValues query, Problems problems) {
    Set<EndpointId> meant = matchingIds(query.text("endpoint"), problems);
    if (meant.size() > 1) {
      problems.add("endpoint", tooMany(meant.size()));
      return null;
    }
    return meant.stream().findFirst().orElse(null);
  }

  /**
   * Reads a filter by endpoint: an id, uid, URL or name, or a part of a URL or name, which may
   * match several endpoints.
   *
   * @return empty if the filter is empty or invalid; if invalid, a problem is added
   */
  public Set<EndpointId> matchingIds(String text, Problems problems) {
    if (text.isEmpty()) {
      return Set.of();
    }
    try {
      return Set.of(webhooks.endpoints().id(site, text));
    } catch (InvalidException e) {
      return byText(text, problems);
    }
  }

  /** Returns whether a filter by endpoint is set but matches no endpoint's id, uid, name or URL. */
  public boolean isUnknown(String text) {
    if (text.isEmpty()) {
      return false;
    }
    try {
      return find(webhooks.endpoints().id(site, text)).isEmpty();
    } catch (InvalidException e) {
      return matching(text).findAny().isEmpty();
    }
  }

  private Set<EndpointId> byText(String text, Problems problems) {
    List<Endpoint> found = matching(text).toList();
    List<Endpoint> exact = found.stream().filter(one -> isExactly(one, text)).toList();
    List<Endpoint> best = exact.isEmpty() ? found : exact;
    if (best.isEmpty()) {
      problems.add("endpoint", "matches no endpoint's URL, name, uid or id");
    }
    if (best.size() > MAX_MEANT) {
      problems.add("endpoint", tooMany(best.size()));
      return Set.of();
    }
    return best.stream().map(Endpoint::id).collect(Collectors.toSet());
  }

  private static String tooMany(int count) {
    return "matches "
        + NumberText.counted(count, "endpoint")
        + "; type more of the URL or name, or the id";
  }

  private static boolean isExactly(Endpoint endpoint, String text) {
    return endpoint.url().text().equals(text) || endpoint.description().equals(text);
  }

  /** Returns a filter by endpoint as text, such as {@code to CRM}. */
  public String words(String typed) {
    Set<EndpointId> meant = matchingIds(typed, new Problems());
    return meant.size() > 1
        ? "to " + meant.size() + " endpoints with “" + typed + "”"
        : "to " + meant.stream().map(this::name).findFirst().orElse(typed);
  }

  /**
   * Returns the text that the filter field shows for an input. For an id, this is the endpoint's
   * name or URL unless other endpoints share it; otherwise the input itself.
   */
  public String shown(String typed) {
    if (typed.isEmpty()) {
      return typed;
    }
    try {
      return find(EndpointId.parse(typed)).stream()
          .flatMap(one -> Stream.of(one.name(), one.url().text()))
          .filter(text -> all().stream().filter(one -> isExactly(one, text)).count() == 1)
          .findFirst()
          .orElse(typed);
    } catch (InvalidException e) {
      return typed;
    }
  }
}
