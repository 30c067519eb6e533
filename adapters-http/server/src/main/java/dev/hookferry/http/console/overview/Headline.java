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

/**
 * The sentence that tells whether everything is being delivered. Derived from the deliveries
 * themselves, not from activity counters.
 *
 * @param tone CSS class: good, bad or wait
 * @param title the sentence
 * @param text details of what the sentence counts
 * @param hold what paused endpoints keep back, as a sentence; empty if nothing, or the title says
 *     it
 * @param review the page that shows what is affected, relative to the site, or empty
 * @param retry the page that retries these deliveries, relative to the site, or empty
 */
public record Headline(
    String tone, String title, String text, String hold, String review, String retry) {
  private static final String PROBLEMS = "/problems";
  private static final String LIST = "/deliveries?";
  private static final String UNDELIVERED = "status=exhausted&status=poisoned";
  private static final String OFF = "delivery is off on this node";
  private static final Headline NO_ENDPOINT =
      new Headline("wait", "No endpoint is registered yet", "", "", "", "");
  private static final DateTimeFormatter FIELD =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm").withZone(ZoneOffset.UTC);

  /** Exhausted and poisoned deliveries. */
  private record Lost(int deliveries, boolean more, Set<EndpointId> endpoints, String query) {
    boolean isAny() {
      return deliveries > 0;
    }

    boolean isOne() {
      return deliveries == 1 && !more;
    }

    String count() {
      return NumberText.of(deliveries, more);
    }
  }

  /** Returns the headline for the span of the counts. */
  static Headline of(Webhooks webhooks, Visit visit, GivenUpCounts counts, HeadlineFacts facts) {
    ChartSpan seen = counts.span();
    String since = FormValues.encoded(FIELD.format(counts.since(visit)));
    String query = UNDELIVERED + "&since=" + since + "&tests=no";
    Lost lost = new Lost(counts.all(), counts.more(), counts.byEndpoint().keySet(), query);
    if (!facts.sends()) {
      boolean isSite = !webhooks.settings().get(visit.site()).webHooksEnabled();
      return switchedOff(isSite ? "webHooksEnabled is off for this site" : OFF, facts);
    }
    if (!facts.ailing().isEmpty()) {
      return ailing(lost, seen, facts);
    }
    if (lost.isAny()) {
      return lost(lost, seen, facts);
    }
    return facts.troubled() > 0 ? troubled(seen, facts) : healthy(seen, facts);
  }

  /** Returns whether it leads to the problems; otherwise to deliveries. */
  public boolean isOfProblems() {
    return review.equals(PROBLEMS);
  }

  /** Returns whether it says no more than the first of the first steps. */
  public boolean isOfNoEndpoint() {
    return equals(NO_ENDPOINT);
  }

  private static Headline switchedOff(String why, HeadlineFacts facts) {
    String title = "Nothing is sent: " + why;
    String review =
        facts.waiting().equals("0") ? "" : LIST + "status=pending&status=held&status=blocked";
    return new Headline("wait", title, waiting(facts), "", review, "");
  }

  private static Headline ailing(Lost lost, ChartSpan span, HeadlineFacts facts) {
    int count = facts.ailing().size();
    String state = facts.isLimited() ? "rate limited" : "not working";
    String title = shareOf(facts.ailing(), facts) + (count == 1 ? " is " : " are ") + state;
    return new Headline(
        facts.isLimited() && !lost.isAny() ? "wait" : "bad",
        title,
        ofThem(lost, span, facts) + facts.slowed().sentence(facts.stuck().waiting() > 0),
        onHold(facts, "."),
        PROBLEMS,
        retry(lost));
  }

  private static Headline lost(Lost lost, ChartSpan span, HeadlineFacts facts) {
    String title =
        lost.count()
            + (lost.isOne() ? " delivery to " : " deliveries to ")
            + shareOf(lost.endpoints(), facts)
            + (lost.isOne() ? " was" : " were")
            + " given up in the last "
            + span.length();
    return new Headline(
        "bad", title, waiting(facts), onHold(facts, "."), LIST + lost.query(), retry(lost));
  }

  private static Headline troubled(ChartSpan span, HeadlineFacts facts) {
    int count = facts.troubled();
    String title =
        "The last attempts to "
            + NumberText.of(count)
            + " of "
            + NumberText.counted(Math.max(count, facts.endpoints()), "endpoint")
            + " failed";
    String text = waiting(facts) + " " + nothingLost(span);
    return new Headline("wait", title, text, onHold(facts, "."), PROBLEMS, "");
  }

  private static Headline healthy(ChartSpan span, HeadlineFacts facts) {
    if (facts.endpoints() == 0) {
      return NO_ENDPOINT;
    }
    String text = nothingLost(span) + " ";
    return facts.paused() == 0
        ? new Headline("good", "Everything is being delivered", text + waiting(facts), "", "", "")
        : new Headline(
            "wait", onHold(facts, ""), text + others(facts), "", LIST + "status=held", "");
  }

  private static String retry(Lost lost) {
    return lost.isAny() ? "/deliveries/all?" + lost.query() : "";
  }

  /**
   * Returns how many endpoints are concerned, of how many. Given-up deliveries may belong to
   * removed endpoints, so there may be more than exist.
   */
  private static String shareOf(Set<EndpointId> some, HeadlineFacts facts) {
    int all = Math.max(some.size(), facts.endpoints());
    return NumberText.of(some.size()) + " of " + NumberText.counted(all, "endpoint");
  }

  private static String nothingLost(ChartSpan span) {
    return "No delivery was given up in the last " + span.length() + ".";
  }

  /** Returns what became of the deliveries to the ailing endpoints, as one sentence. */
  private static String ofThem(Lost lost, ChartSpan span, HeadlineFacts facts) {
    List<String> parts = new ArrayList<>();
    Undelivered stuck = facts.stuck();
    if (stuck.waiting() > 0) {
      boolean isOne = stuck.waiting() == 1 && !stuck.more();
      parts.add(
          WaitingDeliveries.text(stuck.waiting(), stuck.more())
              + (isOne ? " delivery waits for " : " deliveries wait for ")
              + (facts.ailing().size() == 1 ? "it" : "them"));
    }
    if (stuck.blockedKeys() > 0) {
      parts.add(
          NumberText.counted(stuck.blockedKeys(), "ordering key")
              + (stuck.blockedKeys() == 1 ? " is blocked" : " are blocked"));
    }
    if (parts.isEmpty() && !lost.isAny()) {
      return nothingLost(span);
    }
    parts.add(givenUp(lost, facts) + " given up in the last " + span.length());
    return String.join("; ", parts) + ".";
  }

  private static String givenUp(Lost lost, HeadlineFacts facts) {
    if (!lost.isAny()) {
      return "none was";
    }
    String noun = lost.isOne() ? " delivery" : " deliveries";
    String where =
        facts.ailing().containsAll(lost.endpoints())
            ? ""
            : " to " + NumberText.counted(lost.endpoints().size(), "endpoint");
    return lost.count() + noun + where + (lost.isOne() ? " was" : " were");
  }

  /** Returns what paused endpoints keep back; empty if that is nothing. */
  private static String onHold(HeadlineFacts facts, String end) {
    Undelivered held = facts.held();
    if (facts.paused() == 0) {
      return "";
    }
    boolean isOne = held.waiting() == 1 && !held.more();
    return WaitingDeliveries.text(held.waiting(), held.more())
        + (isOne ? " delivery is" : " deliveries are")
        + " on hold: "
        + NumberText.counted(facts.paused(), "endpoint")
        + (facts.paused() == 1 ? " is paused" : " are paused")
        + end;
  }

  /** Returns how many wait, if they are more than those on hold. */
  private static String others(HeadlineFacts facts) {
    Undelivered held = facts.held();
    return facts.waiting().equals(WaitingDeliveries.text(held.waiting(), held.more()))
        ? "Nothing else is waiting."
        : facts.waiting() + " deliveries are waiting in total.";
  }

  private static String waiting(HeadlineFacts facts) {
    return facts.waiting().equals("0")
        ? "Nothing is waiting."
        : facts.waiting()
            + (facts.waiting().equals("1") ? " delivery is" : " deliveries are")
            + " waiting.";
  }
}
