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
import java.time.Duration;
import java.time.Instant;
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
 * @param text details
 * @param review the page that shows what is affected, relative to the site, or empty
 * @param retry the page that retries these deliveries, relative to the site, or empty
 */
public record Headline(String tone, String title, String text, String review, String retry) {
  private static final String PROBLEMS = "/problems";
  private static final String LIST = "/deliveries?";
  private static final String UNDELIVERED = "status=exhausted&status=poisoned";
  private static final DateTimeFormatter FIELD =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm").withZone(ZoneOffset.UTC);

  /**
   * Further facts that the sentence depends on.
   *
   * @param endpoints number of endpoints of the site
   * @param ailing those that are not working and not paused by a person
   * @param stuck the deliveries to those that have not ended
   * @param held the deliveries to endpoints that a person paused, without the ailing ones
   * @param paused number of endpoints that these are for
   * @param waiting number of waiting deliveries, as text
   * @param sends the site's webHooksEnabled
   */
  record Facts(
      int endpoints,
      Set<EndpointId> ailing,
      Undelivered stuck,
      Undelivered held,
      int paused,
      String waiting,
      boolean sends) {}

  /** Exhausted and poisoned deliveries. */
  private record Lost(int deliveries, boolean more, Set<EndpointId> endpoints) {}

  /** Returns the headline for a span, or for a day if the span is shorter. */
  static Headline of(Webhooks webhooks, Visit visit, ChartSpan span, Facts facts) {
    ChartSpan seen = span == ChartSpan.HOUR ? ChartSpan.DAY : span;
    Duration length = seen.step().multipliedBy(seen.steps());
    Instant since = GivenUpCounts.since(visit, length);
    GivenUpCounts counts = GivenUpCounts.of(webhooks, visit, length);
    Lost lost = new Lost(counts.all(), counts.more(), counts.byEndpoint().keySet());
    String query = "&since=" + FormValues.encoded(FIELD.format(since)) + "&tests=no";
    if (lost.deliveries() > 0) {
      return new Headline(
          "bad",
          title(lost, facts),
          text(lost, seen, facts),
          facts.ailing().isEmpty() ? LIST + UNDELIVERED + query : PROBLEMS,
          "/deliveries/all?" + UNDELIVERED + query);
    }
    return !facts.ailing().isEmpty() || !facts.sends()
        ? unhealthy(lost, seen, facts)
        : healthy(seen, facts);
  }

  private static Headline unhealthy(Lost none, ChartSpan seen, Facts facts) {
    String title =
        facts.sends()
            ? title(none, facts)
            : "Nothing is sent: webHooksEnabled is off for this site";
    String waiting =
        facts.stuck().total() == 0 ? "" : LIST + "status=pending&status=held&status=blocked";
    String review = facts.sends() ? PROBLEMS : waiting;
    String text = facts.sends() ? text(none, seen, facts) : waiting(facts);
    return new Headline("wait", title, text, review, "");
  }

  private static Headline healthy(ChartSpan span, Facts facts) {
    if (facts.endpoints() == 0) {
      return new Headline("wait", "No endpoint is registered yet", "", "", "");
    }
    String text = nothingLost(span) + " ";
    return facts.paused() == 0
        ? new Headline("good", "Everything is being delivered", text + waiting(facts), "", "")
        : new Headline("wait", onHold(facts), text + others(facts), LIST + "status=held", "");
  }

  private static String title(Lost lost, Facts facts) {
    boolean isOne = lost.deliveries() == 1 && !lost.more();
    String count = NumberText.of(lost.deliveries(), lost.more());
    if (facts.ailing().isEmpty()) {
      return count
          + (isOne ? " delivery to " : " deliveries to ")
          + shareOf(lost.endpoints(), facts)
          + (isOne ? " was given up" : " were given up");
    }
    return shareOf(facts.ailing(), facts)
        + (facts.ailing().size() == 1 ? " is not working" : " are not working");
  }

  /** Those that a removed endpoint got are given up, too, so there may be more than exist. */
  private static String shareOf(Set<EndpointId> some, Facts facts) {
    int all = Math.max(some.size(), facts.endpoints());
    return NumberText.of(some.size()) + " of " + NumberText.counted(all, "endpoint");
  }

  private static String nothingLost(ChartSpan span) {
    return "No delivery was given up in the last " + span.length() + ".";
  }

  private static String text(Lost lost, ChartSpan span, Facts facts) {
    if (facts.ailing().isEmpty()) {
      String created = "Created in the last " + span.length() + ". ";
      return facts.paused() == 0
          ? created + waiting(facts)
          : created + onHold(facts) + ". " + others(facts);
    }
    List<String> sentences = new ArrayList<>();
    Undelivered stuck = facts.stuck();
    String them = facts.ailing().size() == 1 ? " for it." : " for them.";
    if (stuck.waiting() > 0) {
      boolean isOne = stuck.waiting() == 1 && !stuck.more();
      sentences.add(
          WaitingDeliveries.text(stuck.waiting(), stuck.more())
              + (isOne ? " delivery waits" : " deliveries wait")
              + them);
    }
    if (stuck.blockedKeys() > 0) {
      sentences.add(
          NumberText.counted(stuck.blockedKeys(), "ordering key")
              + (stuck.blockedKeys() == 1 ? " is blocked." : " are blocked."));
    }
    if (facts.paused() > 0) {
      sentences.add(onHold(facts) + ".");
    }
    sentences.add(lost.deliveries() == 0 ? nothingLost(span) : givenUp(lost, span, facts));
    return String.join(" ", sentences);
  }

  private static String givenUp(Lost lost, ChartSpan span, Facts facts) {
    boolean isOne = lost.deliveries() == 1 && !lost.more();
    boolean isTheirs = facts.ailing().containsAll(lost.endpoints());
    return NumberText.of(lost.deliveries(), lost.more())
        + (isOne ? " delivery was" : " deliveries were")
        + " given up in the last "
        + span.length()
        + (isTheirs ? "" : ", at " + NumberText.counted(lost.endpoints().size(), "endpoint"))
        + ".";
  }

  /** Returns what paused endpoints keep back, without a full stop. */
  private static String onHold(Facts facts) {
    Undelivered held = facts.held();
    boolean isOne = held.waiting() == 1 && !held.more();
    return WaitingDeliveries.text(held.waiting(), held.more())
        + (isOne ? " delivery is" : " deliveries are")
        + " on hold: "
        + NumberText.counted(facts.paused(), "endpoint")
        + (facts.paused() == 1 ? " is paused" : " are paused");
  }

  /** Returns how many wait, if they are more than those on hold. */
  private static String others(Facts facts) {
    Undelivered held = facts.held();
    return facts.waiting().equals(WaitingDeliveries.text(held.waiting(), held.more()))
        ? "Nothing else is waiting."
        : facts.waiting() + " deliveries are waiting in total.";
  }

  private static String waiting(Facts facts) {
    return facts.waiting().equals("0")
        ? "Nothing is waiting."
        : facts.waiting()
            + (facts.waiting().equals("1") ? " delivery is" : " deliveries are")
            + " waiting.";
  }
}
