package dev.hookferry.http.console.site;

import dev.hookferry.Webhooks;
import dev.hookferry.access.ApiKey;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.ListFilters;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.FilterChip;
import dev.hookferry.http.console.navigation.EndpointLookup;
import dev.hookferry.http.console.navigation.SiteSearch;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import dev.hookferry.site.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Audit log page: who changed what, with filters. */
public final class AuditPage {
  private static final String TARGET = "target";

  private static final List<Choice> ACTIONS =
      Stream.of(AuditAction.values())
          .map(action -> new Choice(action.code(), AuditWords.of(action)))
          .sorted(Comparator.comparing(Choice::name))
          .toList();

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public AuditPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * An option of a filter: a key, a site or an action.
   *
   * @param id its id or code
   */
  public record Choice(String id, String name) {}

  /** The filters as typed. */
  public record Typed(
      String site, String key, String target, String action, String since, String until) {
    static Typed of(FormValues query, String target) {
      return new Typed(
          query.text("site"),
          query.text("key"),
          target,
          query.text("action"),
          query.text("since"),
          query.text("until"));
    }

    /** Returns whether any filter is set. */
    public boolean isAny() {
      return count() > 0;
    }

    /** Returns whether a filter by time is set. */
    public boolean isTimed() {
      return !since.isEmpty() || !until.isEmpty();
    }

    /** Returns the number of filters that are set. */
    public long count() {
      return Stream.of(site, key, target, action, since, until)
          .filter(text -> !text.isEmpty())
          .count();
    }
  }

  /**
   * Content of the page.
   *
   * @param runs newest first
   * @param next the query of the next page, or null on the last
   * @param sites sites to choose from, at most 500
   * @param names the names of these sites, by id
   * @param keys the newest keys, to choose from
   * @param actions all actions to choose from, sorted by name
   * @param target the filter by changed resource; null if it is not set
   * @param problems the errors in the filters
   */
  public record View(
      List<AuditRun> runs,
      @Nullable String next,
      Typed typed,
      @Nullable FilterChip target,
      List<Choice> sites,
      Map<String, String> names,
      List<Choice> keys,
      List<Choice> actions,
      List<Problem> problems) {
    /** Returns the name of a site; its id if it has none or was removed. */
    public String siteName(String id) {
      return names.getOrDefault(id, id);
    }

    /** Returns whether a run is the first of its day, in UTC. */
    public boolean isFirstOfDay(AuditRun run) {
      int at = runs.indexOf(run);
      return at == 0 || !runs.get(at - 1).first().day().equals(run.first().day());
    }
  }

  public ConsoleReply show(Visit visit) {
    GroupedAudit page;
    try {
      page = GroupedAudit.of(query(visit.query()), webhooks.audit()::list);
    } catch (InvalidException e) {
      return page(visit, new GroupedAudit(List.of(), null, false), e.problems());
    }
    return page(visit, page, List.of());
  }

  private ConsoleReply page(Visit visit, GroupedAudit page, List<Problem> problems) {
    PageRequest newest = PageRequest.of(PageRequest.MAX_LIMIT);
    List<Site> sites = webhooks.sites().list(newest).data();
    View view =
        new View(
            runs(page, visit),
            page.next() == null ? null : visit.query().queryWith("cursor", page.next()),
            Typed.of(visit.query(), named(visit.query()).typed(visit.query().text(TARGET))),
            chip(visit.query()),
            sites.stream()
                .map(site -> new Choice(site.id().value(), SiteSearch.called(site)))
                .toList(),
            sites.stream().collect(Collectors.toMap(one -> one.id().value(), SiteSearch::shown)),
            webhooks.keys().list(newest).data().stream()
                .map(key -> new Choice(key.id().toString(), key.name()))
                .toList(),
            ACTIONS,
            problems);
    Frame frame = frames.of(visit, Nav.AUDIT, "Audit log");
    return TemplateRenderer.page(
        problems.isEmpty() ? 200 : 400, (out, i) -> JteAuditGenerated.render(out, i, frame, view));
  }

  private EndpointLookup named(FormValues query) {
    return new EndpointLookup(
        webhooks, ListFilters.read(query, "site", SiteId::new, new Problems()));
  }

  private @Nullable FilterChip chip(FormValues query) {
    String target = query.text(TARGET);
    EndpointLookup named = named(query);
    return target.isEmpty()
        ? null
        : new FilterChip(named.words(target), query.without(TARGET).without("cursor").query());
  }

  private List<AuditRun> runs(GroupedAudit page, Visit visit) {
    List<AuditRun> runs = new ArrayList<>();
    for (List<AuditEntry> run : page.runs()) {
      boolean more = page.isCut() && runs.size() == page.runs().size() - 1;
      runs.add(
          new AuditRun(
              run.stream().map(entry -> AuditRow.of(entry, webhooks, visit)).toList(), more));
    }
    return runs;
  }

  private AuditQuery query(FormValues query) {
    Problems problems = new Problems();
    SiteId site = ListFilters.read(query, "site", SiteId::new, problems);
    KeyId key = ListFilters.read(query, "key", this::key, problems);
    EndpointLookup named = new EndpointLookup(webhooks, site);
    String target = problems.collect("", () -> named.id(query.text(TARGET)));
    AuditAction action = ListFilters.read(query, "action", AuditPage::action, problems);
    TimeWindow at = ListFilters.window(query, problems);
    problems.throwIfAny();
    return AuditQuery.ALL
        .site(site)
        .key(key)
        .target(target == null || target.isEmpty() ? null : target)
        .actions(action == null ? Set.of() : Set.of(action))
        .at(at)
        .page(ListFilters.page(query));
  }

  /** Parses the id of a key, or finds an existing key by name. */
  private KeyId key(String text) {
    if (text.startsWith("key_")) {
      return KeyId.parse(text);
    }
    return webhooks.keys().list(PageRequest.of(PageRequest.MAX_LIMIT)).data().stream()
        .filter(key -> key.name().equals(text))
        .map(ApiKey::id)
        .findFirst()
        .orElseThrow(() -> InvalidException.of("key", "is neither the id nor the name of a key"));
  }

  private static AuditAction action(String text) {
    return AuditAction.fromCode(text)
        .orElseThrow(() -> InvalidException.of("action", "is not an action"));
  }
}
