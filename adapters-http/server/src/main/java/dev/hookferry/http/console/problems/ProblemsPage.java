package dev.hookferry.http.console.problems;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows what fails at a site, by endpoint and cause, and lets people note that they know. */
public final class ProblemsPage {
  private static final String PATH = "/problems";
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MOST_HOURS = 24 * 90;
  private static final Set<DeliveryState> GIVEN_UP =
      Set.of(DeliveryState.EXHAUSTED, DeliveryState.POISONED);

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public ProblemsPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * Deliveries to an endpoint that were given up within a day.
   *
   * @param url its URL if the name is another one; empty otherwise
   * @param count how many, as text
   */
  public record GivenUp(String endpoint, String name, String url, String count) {}

  /**
   * Content of the page.
   *
   * @param now the time of the request
   * @param open failures that nobody has acknowledged or muted
   * @param noted the others
   * @param givenUp the deliveries that were given up within a day, by endpoint without a problem
   * @param lost how many deliveries were given up within a day, by the first problem of an endpoint
   * @param isAlerted whether an endpoint of the site gets {@code endpoint_failing}
   */
  public record View(
      Instant now,
      List<FailureGroup> open,
      List<FailureGroup> noted,
      List<GivenUp> givenUp,
      Map<String, String> lost,
      boolean isAlerted) {
    /** Returns how many deliveries were given up, in the first row of an endpoint; or nothing. */
    public String lost(FailureGroup group) {
      String count = lost.get(key(group));
      return count == null
          ? ""
          : "; "
              + count
              + (count.equals("1") ? " delivery" : " deliveries")
              + " given up in the last 24 hours";
    }
  }

  private static String key(FailureGroup group) {
    return group.endpoint() + "." + group.cause();
  }

  /** Returns the counts of endpoints that have problems, each for the first row of its endpoint. */
  private static Map<String, String> lost(List<FailureGroup> groups, List<GivenUp> givenUp) {
    Map<String, String> counts =
        givenUp.stream().collect(Collectors.toMap(GivenUp::endpoint, GivenUp::count));
    Map<String, String> lost = new HashMap<>();
    Set<String> told = new HashSet<>();
    for (FailureGroup group : groups) {
      String count = counts.get(group.endpoint());
      if (count != null && told.add(group.endpoint())) {
        lost.put(key(group), count);
      }
    }
    return lost;
  }

  public ConsoleReply show(Visit visit) {
    List<FailureGroup> groups = FailureGroup.all(webhooks, visit);
    EndpointList endpoints = new EndpointList(webhooks, visit.site());
    Set<String> known = groups.stream().map(FailureGroup::endpoint).collect(Collectors.toSet());
    List<GivenUp> givenUp = givenUp(visit, endpoints);
    View view =
        new View(
            visit.now(),
            groups.stream().filter(FailureGroup::isOpen).toList(),
            groups.stream().filter(group -> !group.isOpen()).toList(),
            givenUp.stream().filter(one -> !known.contains(one.endpoint())).toList(),
            lost(groups, givenUp),
            endpoints.all().stream().anyMatch(e -> e.isSubscribedTo(OperationalEvents.FAILING)));
    Frame frame = frames.of(visit, Nav.PROBLEMS, "Problems");
    return TemplateRenderer.page((out, i) -> JteProblemsGenerated.render(out, i, frame, view));
  }

  private List<GivenUp> givenUp(Visit visit, EndpointList endpoints) {
    Page<Delivery> page =
        webhooks
            .deliveries()
            .list(
                DeliveryQuery.ofSite(visit.site())
                    .states(GIVEN_UP)
                    .created(TimeWindow.ALL.since(visit.now().minus(DAY)))
                    .limit(PageRequest.MAX_LIMIT));
    Map<EndpointId, Integer> counts = new LinkedHashMap<>();
    page.data().forEach(delivery -> counts.merge(delivery.endpoint(), 1, Integer::sum));
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(
            entry ->
                new GivenUp(
                    entry.getKey().toString(),
                    endpoints.name(entry.getKey()),
                    endpoints.urlBeside(entry.getKey()),
                    entry.getValue() + (page.next() == null ? "" : "+")))
        .toList();
  }

  public ConsoleReply acknowledge(Visit visit) {
    EndpointId endpoint = visit.id("id", "endpoint", EndpointId::parse);
    try {
      var unused =
          visit
              .webhooks()
              .problems()
              .acknowledge(visit.site(), endpoint, visit.form().text("cause"));
    } catch (InvalidException e) {
      return visit.refused(visit.path(PATH), e.getMessage());
    }
    return visit.done(visit.path(PATH), "You have acknowledged this problem.");
  }

  public ConsoleReply mute(Visit visit) {
    EndpointId endpoint = visit.id("id", "endpoint", EndpointId::parse);
    int hours = hours(visit.form());
    if (hours < 0) {
      return visit.refused(visit.path(PATH), "The time must be from 1 hour to 90 days.");
    }
    if (hours == 0) {
      visit.webhooks().problems().unmute(visit.site(), endpoint);
      return visit.done(visit.path(PATH), "Problems of this endpoint are shown again.");
    }
    Instant until = visit.now().plus(Duration.ofHours(hours));
    var unused = visit.webhooks().problems().mute(visit.site(), endpoint, until);
    return visit.done(
        visit.path(PATH), "Problems of this endpoint are muted. Deliveries continue as before.");
  }

  private static int hours(FormValues form) {
    String text = form.text("hours");
    int hours = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    return hours > MOST_HOURS ? -1 : hours;
  }
}
