package dev.hookferry.http.console.problems;

import dev.hookferry.EndpointProblems;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.ResponseQuote;
import dev.hookferry.http.words.OutcomeAdvice;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page of a site's failing endpoints with the causes, which users can acknowledge. */
public final class ProblemsPage {
  private static final String PATH = "/problems";
  private static final int MAX_QUOTED = 100;
  private static final int MAX_HOURS = 24 * 90;

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public ProblemsPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * Deliveries to an endpoint that were given up within a day.
   *
   * @param url its URL if the name differs; empty otherwise
   * @param pill the endpoint's state; null if it was removed
   * @param count the number of deliveries, as text
   */
  public record GivenUp(
      String endpoint, String name, String url, @Nullable StatePill pill, String count) {
    /** Returns the number of deliveries as a sentence. */
    public String sentence() {
      return ProblemCard.givenUp(count) + ".";
    }
  }

  /**
   * Content of the page.
   *
   * @param open endpoints with failures that are neither acknowledged nor muted, those that do not
   *     work first
   * @param noted the other endpoints with failures
   * @param givenUp the deliveries given up within a day, by endpoint, for endpoints without a
   *     problem
   * @param lost the number of deliveries given up within a day, by endpoint
   * @param running the replays that are running, by endpoint
   * @param newest the newest attempt with each status, by endpoint and cause
   * @param isAlerted whether an endpoint of the site receives {@code endpoint_failing}
   * @param now the time of the request
   */
  public record View(
      List<ProblemCard> open,
      List<ProblemCard> noted,
      List<GivenUp> givenUp,
      Map<String, String> lost,
      Map<EndpointId, RunningReplay> running,
      Map<String, Attempt> newest,
      boolean isAlerted,
      Instant now) {
    /** Returns the open cards of endpoints that do not work, or of those that do work. */
    public List<ProblemCard> open(boolean isAiling) {
      return open.stream().filter(card -> card.isAiling() == isAiling).toList();
    }

    /** Returns the receiver's own error message; empty if unknown. */
    public String quote(ProblemCard card, ProblemCause cause) {
      Attempt attempt = newest.get(key(card.endpoint(), cause.code()));
      return attempt == null ? "" : ResponseQuote.of(attempt);
    }

    /**
     * Returns the meaning of a cause and the remedy, which takes the receiver's message into
     * account.
     */
    public String advice(ProblemCard card, ProblemCause cause) {
      Attempt attempt = newest.get(key(card.endpoint(), cause.code()));
      return attempt == null ? cause.advice() : OutcomeAdvice.of(attempt.outcome());
    }

    /** Returns the running replay of the deliveries to an endpoint; null if there is none. */
    public @Nullable RunningReplay running(ProblemCard card) {
      return running.get(EndpointId.parse(card.endpoint()));
    }

    /** Returns the outcome of the deliveries to an endpoint, as text; may be empty. */
    public String remainingOutcome(ProblemCard card) {
      return card.remainingOutcome(lost.getOrDefault(card.endpoint(), ""));
    }
  }

  public ConsoleReply show(Visit visit) {
    List<ProblemCard> cards = ProblemCard.all(webhooks, visit);
    EndpointList endpoints = new EndpointList(webhooks, visit.site());
    Set<String> known = cards.stream().map(ProblemCard::endpoint).collect(Collectors.toSet());
    List<GivenUp> givenUp = givenUp(visit, endpoints);
    View view =
        new View(
            cards.stream().filter(ProblemCard::isOpen).toList(),
            cards.stream().filter(card -> !card.isOpen()).toList(),
            givenUp.stream().filter(one -> !known.contains(one.endpoint())).toList(),
            givenUp.stream().collect(Collectors.toMap(GivenUp::endpoint, GivenUp::count)),
            RunningReplay.all(webhooks, visit.site()),
            newest(visit, cards),
            endpoints.all().stream().anyMatch(e -> e.isSubscribedTo(OperationalEvents.FAILING)),
            visit.now());
    Frame frame = frames.of(visit, Nav.PROBLEMS, "Problems");
    return TemplateRenderer.page((out, i) -> JteProblemsGenerated.render(out, i, frame, view));
  }

  /** Returns the newest attempt with each status, as far back as one page of attempts goes. */
  private Map<String, Attempt> newest(Visit visit, List<ProblemCard> cards) {
    Set<EndpointId> failing =
        cards.stream()
            .filter(card -> !card.ofAttempts().isEmpty())
            .map(card -> EndpointId.parse(card.endpoint()))
            .collect(Collectors.toSet());
    if (failing.isEmpty()) {
      return Map.of();
    }
    AttemptQuery query =
        AttemptQuery.ofSite(visit.site()).endpoints(EndpointScope.only(failing)).limit(MAX_QUOTED);
    Map<String, Attempt> newest = new HashMap<>();
    for (Attempt attempt : webhooks.deliveries().attempts(query).data()) {
      String key = key(attempt.endpoint().toString(), "" + attempt.outcome().statusCode());
      newest.putIfAbsent(key, attempt);
    }
    return newest;
  }

  private static String key(String endpoint, String cause) {
    return endpoint + " " + cause;
  }

  private List<GivenUp> givenUp(Visit visit, EndpointList endpoints) {
    GivenUpCounts counts = GivenUpCounts.of(webhooks, visit, ChartSpan.DAY);
    return counts.byEndpoint().entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(
            entry ->
                new GivenUp(
                    entry.getKey().toString(),
                    endpoints.name(entry.getKey()),
                    endpoints.urlBeside(entry.getKey()),
                    endpoints
                        .find(entry.getKey())
                        .map(one -> StatePill.of(webhooks.endpoints().health(one)))
                        .orElse(null),
                    counts.text(entry.getKey())))
        .toList();
  }

  public ConsoleReply acknowledge(Visit visit) {
    EndpointId endpoint = visit.id("id", "endpoint", EndpointId::parse);
    List<String> causes = visit.form().texts("cause");
    EndpointProblems problems = visit.webhooks().problems();
    try {
      causes.forEach(cause -> problems.acknowledge(visit.site(), endpoint, cause.strip()));
    } catch (InvalidException e) {
      return visit.refused(visit.path(PATH), e.getMessage());
    }
    String done = causes.size() > 1 ? "these problems" : "this problem";
    return visit.done(visit.path(PATH), "You have acknowledged " + done + ".");
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
        visit.path(PATH), "Problems of this endpoint are muted.", "Deliveries continue as before.");
  }

  private static int hours(FormValues form) {
    String text = form.text("hours");
    int hours = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    return hours > MAX_HOURS ? -1 : hours;
  }
}
