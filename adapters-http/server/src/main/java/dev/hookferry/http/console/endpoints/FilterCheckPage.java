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

/** Checks the filter of a form while it is typed, and counts the latest events that it matches. */
public final class FilterCheckPage {
  /** Separates paths and values in a reply, so a path that contains one is left out. */
  private static final Pattern SEPARATOR = Pattern.compile("[\\t\\n\\r]");

  private static final int MAX_PATHS = 40;

  /** Few enough to be counted after each change. */
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
   * Replies with the fields of the newest event of the chosen types: a path, a tab and its value in
   * each line.
   */
  public ConsoleReply paths(Visit visit) {
    String lines =
        paths(webhooks, visit, EndpointForm.of(visit.form())).entrySet().stream()
            .filter(one -> !SEPARATOR.matcher(one.getKey()).find())
            .map(one -> one.getKey() + "\t" + one.getValue().replaceAll("\\s", " "))
            .collect(Collectors.joining("\n"));
    return reply(200, lines);
  }

  /** Returns the paths that the filter of a form can name, with the values of the newest event. */
  static Map<String, String> paths(Webhooks webhooks, Visit visit, EndpointForm form) {
    try {
      return webhooks.filters().paths(visit.site(), form.typeFilters(), MAX_PATHS);
    } catch (InvalidException e) {
      // The problem is shown beside the patterns.
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
