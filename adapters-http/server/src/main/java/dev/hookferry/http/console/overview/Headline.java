package dev.hookferry.http.console.overview;

import dev.hookferry.Webhooks;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.problems.GivenUpCounts;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.Undelivered;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A one-sentence statement of whether everything is being delivered. Derived from the deliveries
 * themselves, not from activity counters.
 *
 * @param tone CSS class: good, bad or wait
 * @param title the sentence
 * @param facts the figures below the sentence, in one line
 * @param aside conditions that need no action: deliveries on hold, or waiting because receivers are
 *     slow
 * @param review the page that shows what is affected, relative to the site, or empty
 * @param retry the page that retries these deliveries, relative to the site, or empty
 */
public record Headline(
    String tone, String title, List<Part> facts, List<Part> aside, String review, String retry) {
  private static final String PROBLEMS = "/problems";
  private static final String QUEUE = "/retry-queue";
  private static final String LIST = "/deliveries?";
  private static final String UNDELIVERED = "status=exhausted&status=poisoned";
  private static final String OFF = "delivery is off on this node";
  private static final Headline NO_ENDPOINT =
      new Headline("wait", "No endpoint is registered yet", List.of(), List.of(), "", "");
  private static final DateTimeFormatter FIELD =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm").withZone(ZoneOffset.UTC);

  /**
   * A fact below the headline.
   *
   * @param path the list of the counted items, relative to the site, or empty
   */
  public record Part(String text, String path) {}

  /**
   * Exhausted and poisoned deliveries.
   *
   * @param all the number of all times, as text; empty if these are all
   */
  private record Lost(
      int deliveries, boolean more, Set<EndpointId> endpoints, String query, String all) {
    boolean isAny() {
      return deliveries > 0;
    }

    boolean isOne() {
      return deliveries == 1 && !more;
    }

    String count() {
      return NumberText.of(deliveries, more);
    }

    /** Returns the number of all times; empty if the counts already cover them. */
    List<Part> older() {
      return all.isEmpty()
          ? List.of()
          : List.of(new Part(all + " given up in all", LIST + UNDELIVERED + "&tests=no"));
    }
  }

  /** Returns the headline for the time span of the counts. */
  static Headline of(Webhooks webhooks, Visit visit, GivenUpCounts counts, HeadlineFacts facts) {
    ChartSpan seen = counts.span();
    String since = FormValues.encoded(FIELD.format(counts.since(visit)));
    String query = UNDELIVERED + "&since=" + since + "&tests=no";
    Lost lost =
        new Lost(
            counts.all(),
            counts.more(),
            counts.byEndpoint().keySet(),
            query,
            counts.inAll(webhooks, visit.site()));
    if (!facts.sends()) {
      boolean isSite = !webhooks.settings().get(visit.site()).webHooksEnabled();
      return switchedOff(isSite ? "webHooksEnabled is off for this site" : OFF, facts);
    }
    if (!facts.notWorking().isEmpty()) {
      return notWorking(lost, seen, facts);
    }
    if (lost.isAny()) {
      return lost(lost, seen, facts);
    }
    return facts.troubled() > 0 ? troubled(lost, seen, facts) : healthy(lost, seen, facts);
  }

  /** Returns whether the headline links to the problems page rather than to deliveries. */
  public boolean linksToProblems() {
    return review.equals(PROBLEMS);
  }

  /** Returns whether the headline merely repeats the first of the first steps. */
  public boolean isMissingEndpoints() {
    return equals(NO_ENDPOINT);
  }

  private static Headline switchedOff(String why, HeadlineFacts facts) {
    String title = "Nothing is sent: " + why;
    String review =
        facts.waiting().equals("0") ? "" : LIST + "status=pending&status=held&status=blocked";
    return new Headline("wait", title, List.of(waiting(facts)), List.of(), review, "");
  }

  private static Headline notWorking(Lost lost, ChartSpan span, HeadlineFacts facts) {
    int count = facts.notWorking().size();
    String state = facts.isLimited() ? "rate limited" : "not working";
    String title = shareOf(facts.notWorking(), facts) + (count == 1 ? " is " : " are ") + state;
    return new Headline(
        facts.isLimited() && !lost.isAny() ? "wait" : "bad",
        title,
        ofNotWorking(lost, span, facts),
        Stream.concat(facts.slowed().text().stream().map(Headline::plain), onHold(facts).stream())
            .toList(),
        PROBLEMS,
        retry(lost));
  }

  private static Headline lost(Lost lost, ChartSpan span, HeadlineFacts facts) {
    String title =
        lost.count()
            + (lost.isOne() ? " delivery from the last " : " deliveries from the last ")
            + span.length()
            + (lost.isOne() ? " was" : " were")
            + " given up, to "
            + shareOf(lost.endpoints(), facts);
    List<Part> parts = new ArrayList<>(lost.older());
    parts.add(waiting(facts));
    return new Headline("bad", title, parts, onHold(facts), LIST + lost.query(), retry(lost));
  }

  private static Headline troubled(Lost lost, ChartSpan span, HeadlineFacts facts) {
    int count = facts.troubled();
    String title =
        "The last attempts to "
            + NumberText.of(count)
            + " of "
            + NumberText.counted(Math.max(count, facts.endpoints()), "endpoint")
            + " failed";
    List<Part> parts = new ArrayList<>(List.of(waiting(facts), nothingLost(span)));
    parts.addAll(lost.older());
    return new Headline("wait", title, parts, onHold(facts), PROBLEMS, "");
  }

  private static Headline healthy(Lost lost, ChartSpan span, HeadlineFacts facts) {
    if (facts.endpoints() == 0) {
      return NO_ENDPOINT;
    }
    List<Part> held = onHold(facts);
    List<Part> parts = new ArrayList<>(lost.older());
    parts.add(0, nothingLost(span));
    if (held.isEmpty()) {
      parts.add(waiting(facts));
      return new Headline("good", "Everything is being delivered", parts, List.of(), "", "");
    }
    parts.add(others(facts));
    return new Headline("wait", held.get(0).text(), parts, List.of(), LIST + "status=held", "");
  }

  private static String retry(Lost lost) {
    return lost.isAny() ? "/deliveries/all?" + lost.query() : "";
  }

  /**
   * Returns how many of the endpoints are affected. Given-up deliveries may belong to removed
   * endpoints, so the number may exceed that of existing ones.
   */
  private static String shareOf(Set<EndpointId> some, HeadlineFacts facts) {
    int all = Math.max(some.size(), facts.endpoints());
    return NumberText.of(some.size()) + " of " + NumberText.counted(all, "endpoint");
  }

  private static Part plain(String text) {
    return new Part(text, "");
  }

  private static Part nothingLost(ChartSpan span) {
    return plain("No delivery from the last " + span.length() + " was given up");
  }

  /** Returns the outcomes of deliveries to endpoints that are not working. */
  private static List<Part> ofNotWorking(Lost lost, ChartSpan span, HeadlineFacts facts) {
    Undelivered stuck = facts.stuck();
    List<Part> parts = new ArrayList<>();
    if (stuck.waiting() > 0) {
      String whom = facts.notWorking().size() == 1 ? "it" : "them";
      String many = WaitingDeliveries.deliveries(stuck.waiting(), stuck.more());
      parts.add(new Part(many + " waiting for " + whom, undelivered(facts.notWorking())));
    }
    if (lost.isAny()) {
      String noun = !parts.isEmpty() ? "" : lost.isOne() ? " delivery" : " deliveries";
      String many = lost.count() + noun + " given up from the last " + span.length();
      parts.add(new Part(many, LIST + lost.query()));
    }
    if (stuck.blockedKeys() > 0) {
      String many = NumberText.counted(stuck.blockedKeys(), "ordering key");
      parts.add(new Part(many + " blocked", QUEUE + "?state=blocked"));
    }
    if (!lost.isAny()) {
      parts.add(nothingLost(span));
    }
    parts.addAll(lost.older());
    return parts;
  }

  /** Returns the page that lists the waiting deliveries of endpoints. */
  private static String undelivered(Set<EndpointId> endpoints) {
    return endpoints.size() > 1
        ? PROBLEMS
        : LIST
            + "status=pending&status=held&status=waiting&endpoint="
            + endpoints.iterator().next();
  }

  /** Returns the deliveries that paused endpoints hold back; empty if there are none. */
  private static List<Part> onHold(HeadlineFacts facts) {
    Undelivered held = facts.held();
    if (facts.paused() == 0) {
      return List.of();
    }
    boolean isOne = held.waiting() == 1 && !held.more();
    String text =
        WaitingDeliveries.text(held.waiting(), held.more())
            + (isOne ? " delivery is" : " deliveries are")
            + " on hold: "
            + NumberText.counted(facts.paused(), "endpoint")
            + (facts.paused() == 1 ? " is paused" : " are paused");
    return List.of(new Part(text, "/endpoints?state=paused"));
  }

  /** Returns how many deliveries wait, if there are more than those on hold. */
  private static Part others(HeadlineFacts facts) {
    Undelivered held = facts.held();
    return facts.waiting().equals(WaitingDeliveries.text(held.waiting(), held.more()))
        ? plain("Nothing else is waiting")
        : new Part(facts.waiting() + " deliveries are waiting in total", QUEUE);
  }

  private static Part waiting(HeadlineFacts facts) {
    String count = facts.waiting();
    return count.equals("0")
        ? plain("Nothing is waiting")
        : new Part(
            count + (count.equals("1") ? " delivery is" : " deliveries are") + " waiting", QUEUE);
  }
}
