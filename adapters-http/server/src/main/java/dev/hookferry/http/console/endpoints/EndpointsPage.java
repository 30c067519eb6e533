package dev.hookferry.http.console.endpoints;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.ListFilters;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.query.Page;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists the endpoints of a site. */
public final class EndpointsPage {
  private static final int MOST_SUGGESTED = 20;

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
   * @param rows newest first
   * @param next the query of the next page, or null on the last
   */
  public record View(List<EndpointRow> rows, @Nullable String next) {}

  /** Returns URLs that contain a text, one per line, for type-ahead. */
  public ConsoleReply suggest(Visit visit) {
    String lines =
        new EndpointList(webhooks, visit.site())
            .matching(visit.query().text("q"))
            .map(endpoint -> endpoint.url().text())
            .distinct()
            .limit(MOST_SUGGESTED)
            .collect(Collectors.joining("\n"));
    return ConsoleReply.of(
        200, "text/plain; charset=utf-8", lines.getBytes(StandardCharsets.UTF_8));
  }

  public ConsoleReply show(Visit visit) {
    EndpointTable board = EndpointTable.of(webhooks, activity, visit);
    Page<Endpoint> page = webhooks.endpoints().list(visit.site(), ListFilters.page(visit.query()));
    List<EndpointRow> rows = page.data().stream().map(board::row).toList();
    String next = page.next() == null ? null : visit.query().queryWith("cursor", page.next());
    Frame frame = frames.of(visit, Nav.ENDPOINTS, "Endpoints");
    View view = new View(rows, next);
    return TemplateRenderer.page((out, i) -> JteEndpointsGenerated.render(out, i, frame, view));
  }
}
