package dev.hookferry.http.console.overview;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The sentence that answers whether everything is being delivered. Derived from the deliveries
 * themselves, not from activity counters.
 *
 * @param tone CSS class: good, bad or wait
 * @param title the sentence
 * @param text details
 * @param review query of the affected deliveries, or empty
 * @param replay query of a replay of these deliveries, or empty
 */
public record Headline(String tone, String title, String text, String review, String replay) {
  private static final int MOST_PAGES = 4;
  private static final DateTimeFormatter FIELD =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm").withZone(ZoneOffset.UTC);

  /**
   * Further facts that the sentence depends on.
   *
   * @param endpoints number of endpoints of the site
   * @param ailing number of those that are not working and not paused by a person
   * @param waiting number of waiting deliveries, as text
   * @param sends the site's webHooksEnabled
   */
  record Facts(int endpoints, int ailing, String waiting, boolean sends) {}

  /** Exhausted and poisoned deliveries. */
  private record Lost(int deliveries, boolean more, Set<EndpointId> endpoints) {}

  /** Returns the headline for a span, or for a day if the span is shorter. */
  static Headline of(Webhooks webhooks, Visit visit, ChartSpan span, Facts facts) {
    ChartSpan seen = span == ChartSpan.HOUR ? ChartSpan.DAY : span;
    Duration length = seen.step().multipliedBy(seen.steps());
    Instant since = visit.now().minus(length).truncatedTo(ChronoUnit.MINUTES);
    Lost exhausted = lost(webhooks, visit, DeliveryState.EXHAUSTED, since);
    Lost poisoned = lost(webhooks, visit, DeliveryState.POISONED, since);
    String from = "since=" + FormValues.encoded(FIELD.format(since));
    if (exhausted.deliveries() + poisoned.deliveries() > 0) {
      DeliveryState state =
          exhausted.deliveries() > 0 ? DeliveryState.EXHAUSTED : DeliveryState.POISONED;
      String query = "?status=" + state.code() + "&" + from;
      return new Headline(
          "bad", title(exhausted, poisoned, facts), text(seen, facts), query, query);
    }
    return facts.ailing() > 0 || !facts.sends() ? unhealthy(facts) : healthy(seen, facts);
  }

  private static Headline unhealthy(Facts facts) {
    String title =
        facts.sends()
            ? counted(facts.ailing(), "endpoint")
                + " of "
                + facts.endpoints()
                + (facts.ailing() == 1 ? " is" : " are")
                + " not working"
            : "Nothing is sent: webHooksEnabled is off for this site";
    return new Headline("wait", title, waiting(facts), "", "");
  }

  private static Headline healthy(ChartSpan span, Facts facts) {
    if (facts.endpoints() == 0) {
      return new Headline("wait", "No endpoint is registered yet", "", "", "");
    }
    String title = "Everything is being delivered";
    String text = "No delivery was given up in the last " + span.length() + ". " + waiting(facts);
    return new Headline("good", title, text, "", "");
  }

  private static String title(Lost exhausted, Lost poisoned, Facts facts) {
    Set<EndpointId> all = new HashSet<>(exhausted.endpoints());
    all.addAll(poisoned.endpoints());
    int count = exhausted.deliveries() + poisoned.deliveries();
    String more = exhausted.more() || poisoned.more() ? "+" : "";
    String what = count == 1 && more.isEmpty() ? " delivery" : " deliveries";
    return grouped(count)
        + more
        + what
        + " did not reach "
        + all.size()
        + " of "
        + counted(Math.max(all.size(), facts.endpoints()), "endpoint");
  }

  private static String text(ChartSpan span, Facts facts) {
    return "Given up in the last " + span.length() + ". " + waiting(facts);
  }

  private static String waiting(Facts facts) {
    return facts.waiting().equals("0")
        ? "Nothing is waiting."
        : facts.waiting()
            + (facts.waiting().equals("1") ? " delivery is" : " deliveries are")
            + " waiting.";
  }

  private static Lost lost(Webhooks webhooks, Visit visit, DeliveryState state, Instant since) {
    Set<EndpointId> endpoints = new HashSet<>();
    int count = 0;
    String cursor = null;
    for (int i = 0; i < MOST_PAGES && (i == 0 || cursor != null); i++) {
      PageRequest part = PageRequest.of(PageRequest.MAX_LIMIT).after(cursor);
      Page<Delivery> page =
          webhooks
              .deliveries()
              .list(
                  DeliveryQuery.ofSite(visit.site())
                      .state(state)
                      .created(TimeWindow.ALL.since(since))
                      .page(part));
      List<Delivery> real =
          page.data().stream().filter(d -> !d.type().equals(EventType.TEST)).toList();
      count += real.size();
      real.forEach(delivery -> endpoints.add(delivery.endpoint()));
      cursor = page.next();
    }
    return new Lost(count, cursor != null, endpoints);
  }

  private static String counted(int count, String noun) {
    return grouped(count) + " " + noun + (count == 1 ? "" : "s");
  }

  private static String grouped(int number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }
}
