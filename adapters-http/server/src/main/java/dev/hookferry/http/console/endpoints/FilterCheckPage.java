package dev.hookferry.http.console.endpoints;

import dev.hookferry.Webhooks;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.filter.Filter;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.routing.FilterTrial;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Live check of the filter in a form, with a count of the latest events that it matches. */
public final class FilterCheckPage {
  /** Separator of paths and values in a reply. Paths that contain it are omitted. */
  private static final Pattern SEPARATOR = Pattern.compile("[\\t\\n\\r]");

  private static final int MAX_PATHS = 40;

  /** Maximum number of events to test, few enough to do so after each change. */
  private static final int LAST = 200;

  private final Webhooks webhooks;

  public FilterCheckPage(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** Replies with a sentence: 200 if the filter can be saved, 400 if it cannot. */
  public ConsoleReply check(Visit visit) {
    EndpointForm typed = EndpointForm.of(visit.form());
    if (typed.filter().isEmpty()) {
      return reply(200, "");
    }
    try {
      Filter filter = Filter.parse(typed.filter().text());
      List<EventTypeFilter> types = typed.typeFilters();
      return reply(200, sentence(webhooks.filters().onLast(visit.site(), filter, types, LAST)));
    } catch (InvalidException e) {
      return reply(
          400, e.problems().stream().map(Problem::toString).collect(Collectors.joining("; ")));
    }
  }

  /**
   * Replies with the fields of the newest event of the chosen types: one line each, with the path,
   * a tab and the value.
   */
  public ConsoleReply paths(Visit visit) {
    String lines =
        paths(webhooks, visit, EndpointForm.of(visit.form())).entrySet().stream()
            .filter(one -> !SEPARATOR.matcher(one.getKey()).find())
            .map(one -> one.getKey() + "\t" + one.getValue().replaceAll("\\s", " "))
            .collect(Collectors.joining("\n"));
    return reply(200, lines);
  }

  /** Returns the paths that a form's filter can use, with their values in the newest event. */
  static Map<String, String> paths(Webhooks webhooks, Visit visit, EndpointForm form) {
    try {
      return webhooks.filters().paths(visit.site(), form.typeFilters(), MAX_PATHS);
    } catch (InvalidException e) {
      // The form already shows the problem beside the patterns.
      return Map.of();
    }
  }

  private static String sentence(FilterTrial trial) {
    int all = trial.matched() + trial.notMatched();
    if (all == 0) {
      return "There are no events of these types yet to try it on.";
    }
    String matches =
        "Matches " + trial.matched() + " of the last " + all + (all == 1 ? " event." : " events.");
    if (!trial.absent().isEmpty()) {
      return matches + " None has " + String.join(", ", trial.absent()) + ": check for typos.";
    }
    return trial.failing().isEmpty()
        ? matches
        : matches + " The newest one that it does not match: " + trial.failing().get(0).mismatch();
  }

  private static ConsoleReply reply(int status, String text) {
    return ConsoleReply.of(
        status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }
}
