package dev.hookferry.http.console;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.port.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The endpoints of a site. */
final class EndpointsPage {
  private final Webhooks webhooks;
  private final Frames frames;
  private final Activity activity;

  EndpointsPage(Webhooks webhooks, Frames frames, Activity activity) {
    this.webhooks = webhooks;
    this.frames = frames;
    this.activity = activity;
  }

  /**
   * What is shown.
   *
   * @param rows newest first
   * @param next the query of the following page, or null on the last
   */
  record View(List<EndpointRow> rows, @Nullable String next) {}

  ConsoleReply show(Visit visit) {
    EndpointBoard board = EndpointBoard.of(webhooks, activity, visit);
    Page<Endpoint> page = webhooks.endpoints().list(visit.site(), Filters.page(visit.query()));
    List<EndpointRow> rows = page.data().stream().map(board::row).toList();
    String next = page.next() == null ? null : visit.query().queryWith("cursor", page.next());
    Frame frame = frames.of(visit, Nav.ENDPOINTS, "Endpoints");
    View view = new View(rows, next);
    return Html.page((out, i) -> JteEndpointsGenerated.render(out, i, frame, view));
  }
}
