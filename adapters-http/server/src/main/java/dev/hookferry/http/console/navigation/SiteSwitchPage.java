package dev.hookferry.http.console.navigation;

import dev.hookferry.Webhooks;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.site.Site;
import java.util.Comparator;
import java.util.List;

/**
 * The list of sites with their health, each with a link to the user's current page at that site.
 * Only for keys that cover all sites.
 */
public final class SiteSwitchPage {
  private static final int MAX = 50;

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public SiteSwitchPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * A site in the list.
   *
   * @param called its name and uid; empty if it has neither
   * @param pill whether its endpoints are working
   * @param path where the link leads
   */
  public record Row(String id, String called, StatePill pill, String path, boolean current) {}

  /**
   * Content of the page.
   *
   * @param rows the sites that match, by id
   * @param others number of other sites that match
   * @param sought the search text
   * @param kept the page and filter to keep, below the site
   */
  public record View(List<Row> rows, int others, String sought, String kept) {}

  public ConsoleReply show(Visit visit) {
    if (visit.key().site() != null) {
      throw new NotFoundException("page", visit.request().path());
    }
    String sought = visit.query().text("q");
    String kept = kept(visit.query().text("to"));
    List<Site> found = SiteSearch.matching(webhooks, sought).toList();
    List<Row> rows =
        found.stream()
            .sorted(Comparator.comparing((Site site) -> site.id().value()))
            .limit(MAX)
            .map(site -> row(site, visit, kept))
            .toList();
    View view = new View(rows, found.size() - rows.size(), sought, kept);
    Frame frame = frames.of(visit, Nav.NONE, "Choose a site");
    return TemplateRenderer.page((out, i) -> JteSitesToChooseGenerated.render(out, i, frame, view));
  }

  private static String kept(String to) {
    int question = to.indexOf('?');
    String path = question < 0 ? to : to.substring(0, question);
    return Nav.kept(path, FormValues.parse(question < 0 ? "" : to.substring(question + 1)));
  }

  private Row row(Site site, Visit visit, String kept) {
    return new Row(
        site.id().value(),
        SiteSearch.called(site),
        SiteHealth.withProblems(webhooks, site).pill(),
        "/sites/" + site.id() + kept,
        site.id().equals(visit.site()));
  }
}
