package dev.hookferry.http.console.site;

import dev.hookferry.Webhooks;
import dev.hookferry.access.ApiKey;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.navigation.SiteHealth;
import dev.hookferry.http.console.navigation.SiteSearch;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteProfile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Page that lists, creates and removes sites. */
public final class SitesPage {
  private static final String PATH = "/sites";
  private static final int MAX_NAMED = 20;

  /** Page size; small because counting a site's problems takes queries if something fails. */
  private static final int PAGE = 50;

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public SitesPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * A site in the list.
   *
   * @param called its name and uid; empty if it has neither
   * @param pill whether its endpoints are working
   */
  public record Row(
      String id,
      String called,
      DisplayTime created,
      int endpoints,
      StatePill pill,
      boolean enabled,
      boolean fixed) {
    /** Returns the display name: its name with its uid, or its id if it has neither. */
    public String name() {
      return called.isEmpty() ? id : called;
    }
  }

  /**
   * Content of the page.
   *
   * @param rows newest first
   * @param next the query of the next page, or null on the last
   * @param typed the id of a new site, as typed
   * @param name its name, as typed
   * @param problems the errors in them
   */
  public record View(
      List<Row> rows, @Nullable String next, String typed, String name, List<Problem> problems) {
    /** Returns the value of {@code aria-invalid} of an input; null if nothing is wrong with it. */
    public @Nullable String invalid(String field) {
      return problems.stream().anyMatch(one -> one.field().equals(field)) ? "true" : null;
    }
  }

  /** Everything that is removed together with a site. */
  public record Question(
      String id, List<String> urls, int others, List<String> keys, String waiting) {}

  public ConsoleReply show(Visit visit) {
    return list(visit, 200, "", List.of());
  }

  public ConsoleReply create(Visit visit) {
    String typed = visit.form().text("id");
    try {
      Site site =
          visit
              .webhooks()
              .sites()
              .create(new SiteId(typed), SiteProfile.NONE.name(visit.form().text("name")));
      return visit.done(
          "/sites/" + site.id() + "/server-properties",
          "The site was created.",
          "Set the URLs of its events.");
    } catch (InvalidException e) {
      return list(visit, 400, typed, e.problems().stream().map(SitesPage::ofForm).toList());
    } catch (ConflictException e) {
      return list(visit, 409, typed, List.of(new Problem("id", String.valueOf(e.getMessage()))));
    }
  }

  /** Returns a problem under the name of its input: {@code site} is the form's {@code id}. */
  private static Problem ofForm(Problem problem) {
    return problem.field().equals("site") ? new Problem("id", problem.reason()) : problem;
  }

  /** Lists everything that is removed with the site, and asks for confirmation. */
  public ConsoleReply confirmRemove(Visit visit) {
    SiteId site = visit.site();
    if (site.equals(SiteId.DEFAULT)) {
      return visit.refused(PATH, "The site default cannot be removed.");
    }
    List<Endpoint> endpoints = new EndpointList(webhooks, site).all();
    Question question =
        new Question(
            site.value(),
            endpoints.stream().limit(MAX_NAMED).map(endpoint -> endpoint.url().text()).toList(),
            Math.max(0, endpoints.size() - MAX_NAMED),
            keys(site),
            WaitingDeliveries.at(webhooks, site).count());
    Frame frame = frames.of(visit, Nav.SITES, "Remove a site");
    return TemplateRenderer.page(
        (out, i) -> JteRemoveSiteGenerated.render(out, i, frame, question));
  }

  /** Returns the names of all keys that give access to this site only, newest first. */
  private List<String> keys(SiteId site) {
    List<String> names = new ArrayList<>();
    String cursor = null;
    do {
      PageRequest part = PageRequest.of(PageRequest.MAX_LIMIT).after(cursor);
      Page<ApiKey> page = webhooks.keys().list(part);
      page.data().stream()
          .filter(key -> site.equals(key.site()))
          .map(ApiKey::name)
          .forEach(names::add);
      cursor = page.next();
    } while (cursor != null);
    return names;
  }

  public ConsoleReply remove(Visit visit) {
    SiteId site = visit.site();
    if (!visit.form().text("name").equals(site.value())) {
      return visit.refused("/sites/" + site + "/remove", "Type the site id exactly as shown.");
    }
    try {
      visit.webhooks().sites().remove(site);
    } catch (ConflictException e) {
      return visit.refused(PATH, e.getMessage());
    }
    return visit.done(
        PATH, "The site " + site + " was removed.", "Its pending deliveries are cancelled.");
  }

  private ConsoleReply list(Visit visit, int status, String typed, List<Problem> problems) {
    String cursor = visit.query().text("cursor");
    Page<Site> page =
        webhooks.sites().list(PageRequest.of(PAGE).after(cursor.isEmpty() ? null : cursor));
    View view =
        new View(
            page.data().stream().map(site -> row(site, visit)).toList(),
            page.next() == null ? null : visit.query().queryWith("cursor", page.next()),
            typed,
            visit.form().text("name"),
            problems);
    Frame frame = frames.of(visit, Nav.SITES, "Sites");
    return TemplateRenderer.page(status, (out, i) -> JteSitesGenerated.render(out, i, frame, view));
  }

  private Row row(Site site, Visit visit) {
    SiteHealth health = SiteHealth.withProblems(webhooks, site);
    return new Row(
        site.id().value(),
        SiteSearch.called(site),
        DisplayTime.of(site.createdAt(), visit.now()),
        health.endpoints(),
        health.pill(),
        health.sends(),
        site.id().equals(SiteId.DEFAULT));
  }
}
