package dev.hookferry.http.console.navigation;

import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.problems.GivenUpCounts;
import dev.hookferry.http.console.problems.RetryOffer;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.ReplayId;
import dev.hookferry.observe.Undelivered;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.site.Site;
import dev.hookferry.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Suggestions of the command palette for a text, in addition to the pages: ids link directly to
 * their resource; other texts to endpoints with their actions, event types, sites, and the search
 * for events.
 */
public final class PalettePage {
  private static final int MAX_ENDPOINTS = 8;
  private static final int MAX_OTHERS = 4;
  private static final String ACTION = "Action";

  /** Maximum number of endpoints that a search in other sites examines. */
  private static final int MAX_COMPARED = 20_000;

  /** Matches a command for endpoints: the verb and a part of their names. */
  private static final Pattern ACT =
      Pattern.compile(
          "(test|pause|resume|retry|edit|rotate)(?:\\s+(.*))?", Pattern.CASE_INSENSITIVE);

  private static final List<IdKind> KINDS =
      List.of(
          new IdKind("Event", "/events/", "evt_", EventId::new),
          new IdKind("Delivery", "/deliveries/", "dlv_", DeliveryId::parse),
          new IdKind("Replay", "/replays/", "rpl_", ReplayId::parse));

  private final Webhooks webhooks;

  public PalettePage(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /**
   * An entry: its kind, its name, more about it, and its link.
   *
   * @param isDone whether choosing the entry acts immediately, with a POST
   */
  private record Entry(String kind, String name, String more, String path, boolean isDone) {
    Entry(String kind, String name, String more, String path) {
      this(kind, name, more, path, false);
    }

    Map<String, String> members() {
      String post = isDone ? "yes" : "";
      return Map.of("kind", kind, "name", name, "more", more, "path", path, "post", post);
    }
  }

  /** A kind of id that leads to a page. */
  private record IdKind(String name, String path, String prefix, Function<String, ?> parse) {
    Optional<Entry> entry(Visit visit, String text) {
      if (!text.startsWith(prefix)) {
        return Optional.empty();
      }
      try {
        String id = String.valueOf(parse.apply(text));
        return Optional.of(new Entry(name, id, "", visit.path(path + id)));
      } catch (InvalidException e) {
        return Optional.empty();
      }
    }
  }

  public ConsoleReply find(Visit visit) {
    String text = visit.query().text("q");
    List<Map<String, String>> entries =
        (text.isEmpty() ? Stream.<Entry>empty() : entries(visit, text))
            .map(Entry::members)
            .toList();
    HttpReply json = HttpReply.ok(JsonOutput.values(Map.of("entries", entries)));
    return ConsoleReply.of(200, json.contentType(), json.body());
  }

  private Stream<Entry> entries(Visit visit, String text) {
    List<Entry> exact = KINDS.stream().flatMap(kind -> kind.entry(visit, text).stream()).toList();
    if (!exact.isEmpty()) {
      return exact.stream();
    }
    List<Entry> all = new ArrayList<>(asked(visit, text));
    List<Endpoint> found = endpoints(visit, text);
    found.forEach(endpoint -> all.add(endpoint(visit, endpoint)));
    if (found.size() == 1) {
      all.addAll(actions(visit, found, ""));
      all.addAll(retries(visit, found.stream()));
    }
    all.addAll(types(visit, text));
    if (visit.key().site() == null) {
      SiteSearch.matching(webhooks, text)
          .limit(MAX_OTHERS)
          .map(PalettePage::site)
          .forEach(all::add);
      all.addAll(elsewhere(visit, text));
    }
    String search = visit.path("/find?q=" + FormValues.encoded(text));
    all.add(new Entry("Search", "Find events with “" + text + "”", "", search));
    return all.stream();
  }

  /** Returns the actions that a text names: a verb, then a part of the names of endpoints. */
  private List<Entry> asked(Visit visit, String text) {
    Matcher act = ACT.matcher(text);
    if (!act.matches()) {
      return List.of();
    }
    String of = act.group(2) == null ? "" : act.group(2);
    String verb = act.group(1).toLowerCase(Locale.ROOT);
    return verb.equals("retry")
        ? retries(visit, new EndpointList(webhooks, visit.site()).matching(of))
        : actions(visit, endpoints(visit, of), verb);
  }

  /** Returns entries that offer to retry given-up deliveries, for enabled endpoints. */
  private List<Entry> retries(Visit visit, Stream<Endpoint> endpoints) {
    if (!visit.can(Scope.MANAGE)) {
      return List.of();
    }
    List<Endpoint> enabled = endpoints.filter(Endpoint::enabled).toList();
    Set<EndpointId> ids = enabled.stream().map(Endpoint::id).collect(Collectors.toSet());
    GivenUpCounts givenUp;
    try {
      givenUp = GivenUpCounts.newest(webhooks, visit, ids);
    } catch (StoreException e) {
      // The other entries do not need the log.
      return List.of();
    }
    return enabled.stream()
        .filter(one -> givenUp.byEndpoint().containsKey(one.id()))
        .limit(MAX_ENDPOINTS)
        .map(one -> retry(visit, one, givenUp))
        .toList();
  }

  private static Entry retry(Visit visit, Endpoint one, GivenUpCounts givenUp) {
    String count = givenUp.text(one.id());
    String noun = count.equals("1") ? "delivery" : "deliveries";
    String query = RetryOffer.of(one.id(), Undelivered.NONE, givenUp).query();
    return new Entry(
        ACTION,
        "Retry " + count + " given-up " + noun + " to " + one.name() + "…",
        "last " + givenUp.span().length(),
        visit.path("/deliveries/all" + query));
  }

  /**
   * Returns the possible actions on endpoints. Resume and rotate open forms for their options,
   * since a resume needs a rate if many deliveries wait.
   *
   * @param verb the only action to offer; empty for all
   */
  private static List<Entry> actions(Visit visit, List<Endpoint> endpoints, String verb) {
    List<Entry> actions = new ArrayList<>();
    for (Endpoint one : visit.can(Scope.MANAGE) ? endpoints : List.<Endpoint>of()) {
      String path = visit.path("/endpoints/" + one.id());
      // The endpoint's own line has its URL.
      String url = verb.isEmpty() ? "" : url(one);
      if (verb.isEmpty() || verb.equals("test")) {
        actions.add(new Entry(ACTION, "Send test to " + one.name(), url, path + "/test", true));
      }
      if (one.enabled() && (verb.isEmpty() || verb.equals("pause"))) {
        actions.add(new Entry(ACTION, "Pause " + one.name(), url, path + "/pause", true));
      } else if (!one.enabled() && (verb.isEmpty() || verb.equals("resume"))) {
        actions.add(new Entry(ACTION, "Resume " + one.name() + "…", url, path + "#resume-form"));
      }
      if (verb.isEmpty() || verb.equals("edit")) {
        actions.add(new Entry(ACTION, "Edit " + one.name(), url, path + "/edit"));
      }
      if (verb.isEmpty() || verb.equals("rotate")) {
        actions.add(
            new Entry(ACTION, "Rotate secret of " + one.name() + "…", url, path + "#rotate-form"));
      }
    }
    return actions;
  }

  private static String url(Endpoint endpoint) {
    return endpoint.description().isEmpty() ? "" : endpoint.url().text();
  }

  private static Entry endpoint(Visit visit, Endpoint endpoint) {
    String path = visit.path("/endpoints/" + endpoint.id());
    return new Entry("Endpoint", endpoint.name(), url(endpoint), path);
  }

  private List<Endpoint> endpoints(Visit visit, String text) {
    EndpointList endpoints = new EndpointList(webhooks, visit.site());
    Stream<Endpoint> found;
    try {
      found = endpoints.find(EndpointId.parse(text)).stream();
    } catch (InvalidException e) {
      found = endpoints.matching(text);
    }
    return found.limit(MAX_ENDPOINTS).toList();
  }

  /** Returns endpoints of other sites, until enough are found or examined. */
  private List<Entry> elsewhere(Visit visit, String text) {
    List<Entry> found = new ArrayList<>();
    int compared = 0;
    for (Site site : SiteSearch.all(webhooks)) {
      if (found.size() >= MAX_OTHERS || compared >= MAX_COMPARED) {
        break;
      }
      if (!site.id().equals(visit.site())) {
        EndpointList endpoints = new EndpointList(webhooks, site.id());
        compared += endpoints.all().size();
        endpoints
            .matching(text)
            .limit(MAX_OTHERS - found.size())
            .map(endpoint -> elsewhere(endpoint, site))
            .forEach(found::add);
      }
    }
    return found;
  }

  private static Entry elsewhere(Endpoint endpoint, Site site) {
    String url = endpoint.description().isEmpty() ? "" : " · " + endpoint.url().text();
    return new Entry(
        "Endpoint",
        endpoint.name(),
        "site " + site.id() + url,
        "/sites/" + site.id() + "/endpoints/" + endpoint.id());
  }

  private static List<Entry> types(Visit visit, String text) {
    String sought = text.toLowerCase(Locale.ROOT);
    return visit.types().stream()
        .filter(type -> type.toLowerCase(Locale.ROOT).contains(sought))
        .limit(MAX_OTHERS)
        .map(
            type ->
                new Entry(
                    "Event type", type, "", visit.path("/event-types/" + FormValues.encoded(type))))
        .toList();
  }

  private static Entry site(Site site) {
    return new Entry("Site", site.id().value(), SiteSearch.called(site), "/sites/" + site.id());
  }
}
