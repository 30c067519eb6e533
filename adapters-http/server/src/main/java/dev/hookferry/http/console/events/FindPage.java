package dev.hookferry.http.console.events;

import dev.hookferry.Webhooks;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.FilterBar;
import dev.hookferry.http.console.list.ListFilter;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The search page, which reports in sentences what happened to an event. */
public final class FindPage {
  /** Prefix of the cursor of a search of other sites. */
  private static final String SITES = "sites.";

  private static final int MAX_SITES = 100;
  private static final int MAX_LINKS = 20;
  private static final String SAVED =
      "The search fields were saved. Events accepted from now on are indexed by them.";
  private static final int MAX_LENGTH = 255;

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public FindPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * A line about a delivery that ends with a time.
   *
   * @param endpoint the endpoint's id; empty if it was removed
   * @param name its name
   * @param words the attempts and their result, up to the time
   */
  public record Line(
      String id, StatePill pill, String endpoint, String name, String words, DisplayTime when) {}

  /**
   * An endpoint that did not receive an event.
   *
   * @param endpoint its id
   * @param reason the reason, as a phrase
   */
  public record Unsent(String endpoint, String name, String reason) {}

  /**
   * The endpoints that did not receive an event.
   *
   * @param some the endpoints that are shown, those that subscribe to its type first
   * @param count the total number
   */
  public record NotSent(List<Unsent> some, int count) {
    static final NotSent NONE = new NotSent(List.of(), 0);

    /** Returns the number of endpoints, with the noun. */
    public String title() {
      return "Not sent to " + NumberText.counted(count, "endpoint");
    }
  }

  /**
   * The deliveries of a found event.
   *
   * @param site its site
   * @param field the path of the field that matched the search; empty if it was not a field
   * @param how the value of that field, or else what matched
   * @param value the value of the chosen payload field, or empty
   * @param matched number of deliveries, or why there are none, in a sentence
   * @param lines its deliveries, undelivered ones first
   * @param others number of other deliveries
   * @param unsent the endpoints that did not receive it
   */
  public record FoundEvent(
      String site,
      String id,
      String type,
      DisplayTime accepted,
      String field,
      String how,
      String value,
      String matched,
      List<Line> lines,
      int others,
      NotSent unsent) {
    /** Returns the path of a page below its site. */
    public String path(String below) {
      return "/sites/" + site + below;
    }
  }

  /**
   * Content of the page.
   *
   * @param asked the search text
   * @param found newest first
   * @param heading a summary if nothing was found
   * @param absent an explanation if nothing was found, in sentences; empty otherwise
   * @param searched how far the text search went
   * @param further continues the search, or null if nothing is left
   * @param fields the site's search fields, for suggestions
   * @param bar the filters
   * @param problems the errors in the filters
   * @param everywhere query that searches all sites, or null if that is not possible
   * @param others paths of searches in the payloads of other sites, by site
   */
  public record View(
      String asked,
      List<FoundEvent> found,
      String heading,
      String absent,
      SearchReach searched,
      @Nullable SearchContinuation further,
      List<String> fields,
      FilterBar bar,
      List<Problem> problems,
      @Nullable String everywhere,
      Map<String, String> others) {
    /** Returns the number of events found, with its noun; empty if there are none. */
    public String count() {
      if (found.isEmpty()) {
        return "";
      }
      boolean isMore = further != null && further.isMore();
      String known = new MatchCount(found.size(), isMore).of("event", "events");
      return isIndexMatch()
          ? known + " found in " + FoundEvents.fields(found)
          : further == null || isMore || further.isOther() ? known : known + " so far";
    }

    /** Returns whether only older events are left to search, none of which may match. */
    public boolean isToBeContinued() {
      return found.isEmpty() && further != null && searched.read() > 0;
    }

    /**
     * Returns whether all events were found by a search field. Other payloads may have the value.
     */
    public boolean isIndexMatch() {
      return further != null && further.isOther() && !found.isEmpty();
    }
  }

  public ConsoleReply show(Visit visit) {
    String text = visit.query().text("q").strip();
    String asked = text.substring(0, Math.min(MAX_LENGTH, text.length()));
    String from = visit.query().text("from");
    Frame frame = frames.of(visit, Nav.FIND, "Find");
    ListFilter filter = ListFilter.of(visit, new EndpointList(webhooks, visit.site()));
    FilterBar bar = FilterBar.search(visit, "/find", filter);
    View view =
        frame.admin() && from.startsWith(SITES)
            ? everywhere(visit, bar, asked, from.substring(SITES.length()))
            : here(visit, frame, bar, asked);
    return bar.columns()
        .keptBy(
            TemplateRenderer.page(
                view.problems().isEmpty() ? 200 : 400,
                (out, i) -> JteFindGenerated.render(out, i, frame, view)));
  }

  private View here(Visit visit, Frame frame, FilterBar bar, String asked) {
    String from = visit.query().text("from");
    EventSearch.Result result = EventSearch.Result.NOTHING;
    List<Problem> problems = List.of();
    try {
      EventSearch search = new EventSearch(webhooks, bar.filter().events());
      result = asked.isEmpty() ? result : search.search(asked, from.isEmpty() ? null : from);
    } catch (InvalidException e) {
      problems = e.problems();
    }
    SearchSummary summary = new SearchSummary(result, bar.filter().isSet(), visit);
    boolean hasOthers = frame.admin() && frame.many() && !asked.isEmpty();
    return new View(
        asked,
        foundEvents(visit, visit.site(), bar, result),
        summary.heading(asked, frame.siteName().isEmpty() ? frame.site() : frame.siteName()),
        problems.isEmpty() ? summary.absent(asked) : "",
        summary.searched(),
        SearchContinuation.of(visit, result),
        webhooks.settings().get(visit.site()).searchFields().names(),
        bar,
        problems,
        hasOthers ? visit.query().queryWith("from", SITES) : null,
        Map.of());
  }

  /** Changes the site's search fields. */
  public ConsoleReply changeFields(Visit visit) {
    String[] names =
        Stream.of(visit.form().text("fields").split("[\\s,]+"))
            .filter(name -> !name.isEmpty())
            .toArray(String[]::new);
    try {
      SiteSettings unused =
          visit.webhooks().settings().update(visit.site(), s -> s.searchFields(names));
      return visit.done(visit.path("/find"), SAVED);
    } catch (InvalidException e) {
      return visit.refused(visit.path("/find"), e.getMessage());
    }
  }

  /** Searches the indexes of one page of sites, without reading events one by one. */
  private View everywhere(Visit visit, FilterBar bar, String asked, String cursor) {
    PageRequest part = PageRequest.of(MAX_SITES).after(cursor.isEmpty() ? null : cursor);
    Page<Site> sites = webhooks.sites().list(part);
    List<FoundEvent> found = new ArrayList<>();
    int partly = 0;
    List<Problem> problems = List.of();
    try {
      for (Site site : sites.data()) {
        EventSearch.Result result =
            new EventSearch(webhooks, bar.filter().events(site.id()))
                .inIndexes(asked)
                .orElse(EventSearch.Result.NOTHING);
        found.addAll(foundEvents(visit, site.id(), bar, result));
        partly += result.next() == null ? 0 : 1;
      }
    } catch (InvalidException e) {
      problems = e.problems();
    }
    return new View(
        asked,
        found,
        sites.next() != null
            ? "Not found so far"
            : cursor.isEmpty()
                ? "Not found by id, key or search field"
                : "Nothing found further back",
        found.isEmpty() ? "No site has an event with this id, key or value of a search field." : "",
        SearchReach.of(searched(visit, sites.data().size(), partly)),
        sites.next() == null
            ? null
            : SearchContinuation.of(visit, SITES + sites.next(), "Search more sites"),
        List.of(),
        bar,
        problems,
        null,
        found.isEmpty() ? others(visit, asked, sites.data()) : Map.of());
  }

  private static String searched(Visit visit, int sites, int partly) {
    String most =
        "Searched "
            + sites
            + " sites by id, idempotency key and their search fields, but not the payloads of other"
            + " sites than "
            + visit.site()
            + ".";
    return partly == 0 ? most : most + " In " + partly + " of them there may be older events.";
  }

  /** Returns links that search the payloads of the other sites, if the text is long enough. */
  private static Map<String, String> others(Visit visit, String asked, List<Site> sites) {
    Map<String, String> others = new LinkedHashMap<>();
    if (asked.length() >= EventSearch.MIN_TEXT_LENGTH) {
      String query = visit.query().without("from").query();
      sites.stream()
          .map(site -> site.id().value())
          .filter(site -> !site.equals(visit.site().value()))
          .sorted()
          .limit(MAX_LINKS)
          .forEach(site -> others.put(site, "/sites/" + site + "/find" + query));
    }
    return others;
  }

  private List<FoundEvent> foundEvents(
      Visit visit, SiteId site, FilterBar bar, EventSearch.Result result) {
    return result.hits().isEmpty()
        ? List.of()
        : new FoundEvents(webhooks, site, bar.columns().field(), visit.now()).of(result.hits());
  }
}
