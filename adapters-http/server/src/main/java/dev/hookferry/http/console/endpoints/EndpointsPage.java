package dev.hookferry.http.console.endpoints;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.problems.GivenUpCounts;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.NumberText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The list of a site's endpoints. */
public final class EndpointsPage {
  private static final int MAX_SUGGESTED = 20;
  private static final int PAGE = 50;
  private static final int CHUNK = 100;

  private final Webhooks webhooks;
  private final FrameRenderer frames;
  private final Activity activity;

  public EndpointsPage(Webhooks webhooks, FrameRenderer frames, Activity activity) {
    this.webhooks = webhooks;
    this.frames = frames;
    this.activity = activity;
  }

  /**
   * Content of the page.
   *
   * @param rows in display order
   * @param heads the column headings
   * @param spans the ranges to choose from, with the query of each
   * @param text the search text, or empty
   * @param state the state to show, or empty
   * @param givenUp the deliveries that were given up
   * @param matching number of endpoints that match
   * @param all number of endpoints of the site
   * @param previous the query of the page before, or null on the first
   * @param next the query of the next page, or null on the last
   */
  public record View(
      List<EndpointRow> rows,
      List<EndpointOrder.Head> heads,
      Map<ChartSpan, String> spans,
      ChartSpan span,
      String text,
      String state,
      String sort,
      GivenUpCounts givenUp,
      int matching,
      int all,
      @Nullable String previous,
      @Nullable String next) {
    /** Returns the states to choose from. */
    public List<String> states() {
      return StatePill.ofEndpoints().stream().map(StatePill::word).distinct().toList();
    }

    /** Returns whether the list is filtered. */
    public boolean isFiltered() {
      return filters() > 0;
    }

    /** Returns the number of filters that are set. */
    public int filters() {
      return (text.isEmpty() ? 0 : 1) + (state.isEmpty() ? 0 : 1);
    }

    /** Returns the number of endpoints, such as {@code 12 of 1,024 endpoints}. */
    public String count() {
      String of = matching == all ? "" : NumberText.of(matching) + " of ";
      return of + NumberText.counted(all, "endpoint");
    }
  }

  /** Returns URLs that contain a text, one per line, for type-ahead. */
  public ConsoleReply suggest(Visit visit) {
    String lines =
        new EndpointList(webhooks, visit.site())
            .matching(visit.query().text("q"))
            .map(endpoint -> endpoint.url().text())
            .distinct()
            .limit(MAX_SUGGESTED)
            .collect(Collectors.joining("\n"));
    return ConsoleReply.of(
        200, "text/plain; charset=utf-8", lines.getBytes(StandardCharsets.UTF_8));
  }

  public ConsoleReply show(Visit visit) {
    FormValues query = visit.query();
    EndpointTable table = EndpointTable.of(webhooks, activity, visit);
    EndpointOrder order = EndpointOrder.of(query, EndpointOrder.Column.STATE);
    EndpointList list = new EndpointList(webhooks, visit.site());
    List<Endpoint> sorted = order.sorted(matching(list, query, table), table);
    int from = Math.min(page(query) * PAGE, Math.max(0, sorted.size() - 1) / PAGE * PAGE);
    int to = Math.min(sorted.size(), from + PAGE);
    View view =
        new View(
            table.rows(sorted.subList(from, to)),
            order.heads(query),
            spans(query),
            table.span(),
            query.text("q"),
            query.text("state"),
            query.text(EndpointOrder.SORT),
            GivenUpCounts.of(webhooks, visit, table.span()),
            sorted.size(),
            list.all().size(),
            from == 0 ? null : pageQuery(query, from / PAGE - 1),
            to == sorted.size() ? null : pageQuery(query, from / PAGE + 1));
    Frame frame = frames.of(visit, Nav.ENDPOINTS, "Endpoints");
    return TemplateRenderer.page((out, i) -> JteEndpointsGenerated.render(out, i, frame, view));
  }

  /** Returns the ranges, each with the query of the same page over it. */
  public static Map<ChartSpan, String> spans(FormValues query) {
    Map<ChartSpan, String> spans = new EnumMap<>(ChartSpan.class);
    ChartSpan.ALL.forEach(span -> spans.put(span, query.queryWith("span", span.code())));
    return spans;
  }

  private static List<Endpoint> matching(EndpointList list, FormValues query, EndpointTable table) {
    String state = query.text("state");
    List<Endpoint> all = list.matching(query.text("q")).toList();
    if (state.isEmpty()) {
      return all;
    }
    List<Endpoint> matching = new ArrayList<>();
    for (int from = 0; from < all.size(); from += CHUNK) {
      List<Endpoint> part = all.subList(from, Math.min(all.size(), from + CHUNK));
      if (EndpointRow.needsFigures(state)) {
        // Endpoints that are not in memory would seem to have no traffic if their figures were
        // missing.
        table.activity().prepare(EndpointRow.possiblyQuiet(part, table));
      }
      part.stream()
          .filter(one -> EndpointRow.state(one, table).equals(state))
          .forEach(matching::add);
    }
    return matching;
  }

  private static int page(FormValues query) {
    String text = query.text("page");
    return text.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(text) - 1 : 0;
  }

  private static String pageQuery(FormValues query, int page) {
    return page == 0
        ? query.without("page").queryWith("page", "")
        : query.queryWith("page", Integer.toString(page + 1));
  }
}
