package dev.hookferry.http.console.site;

import dev.hookferry.Keys;
import dev.hookferry.Webhooks;
import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.navigation.SiteSearch;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.RequestText;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.id.EventType;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.RefusedException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Page that lists, creates and revokes API keys. A key's text is shown only once. */
public final class KeysPage {
  private static final String PATH = "/keys";
  private static final PageRequest MAX = PageRequest.of(PageRequest.MAX_LIMIT);

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public KeysPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * A key in the list.
   *
   * @param site the name of its site, or {@code all}
   * @param siteId the id of its site if that has a name; otherwise empty
   * @param by who created it; empty if the audit log does not say
   * @param own whether this browser is signed in with it
   */
  public record Row(
      String id,
      String name,
      String scopes,
      String site,
      String siteId,
      DisplayTime created,
      String by,
      boolean own) {}

  /** The fields of a new key, as typed. */
  public record Typed(String name, Set<String> scopes, String site) {
    static Typed blank(SiteId site) {
      return new Typed("", Set.of("publish"), site.value());
    }

    static Typed of(FormValues form) {
      return new Typed(
          form.text("name"), new LinkedHashSet<>(form.texts("scope")), form.text("site"));
    }
  }

  /**
   * A new key, whose text is shown only once.
   *
   * @param publish a command that publishes an event with it; empty if it may not publish
   */
  public record Fresh(String name, String text, String publish) {
    static Fresh of(Keys.Issued issued, Visit visit) {
      ApiKey key = issued.key();
      SiteId site = key.site() == null ? visit.site() : key.site();
      String type =
          visit.webhooks().settings().get(site).catalog().types().stream()
              .map(EventType::name)
              .sorted()
              .findFirst()
              .orElse("order.created");
      return new Fresh(
          key.name(),
          issued.text(),
          key.permits(Scope.PUBLISH, site)
              ? RequestText.publish(server(visit.request()), site, issued.text(), type)
              : "");
    }

    /** Returns the address that the browser uses, which a proxy may hide from the server. */
    private static String server(ConsoleRequest request) {
      String origin = request.header("origin");
      return origin != null && origin.startsWith("http")
          ? origin
          : Call.origin(
              request.secure(), request.header("x-forwarded-proto"), request.header("host"));
    }
  }

  /**
   * Content of the page.
   *
   * @param rows newest first
   * @param sites the names of the newest sites by id, sorted
   * @param next the query of the next page, or null on the last
   * @param fresh a new key, shown only once, or null
   * @param typed the form as typed
   * @param problems the errors in the form
   */
  public record View(
      List<Row> rows,
      Map<String, String> sites,
      @Nullable String next,
      @Nullable Fresh fresh,
      Typed typed,
      List<Problem> problems) {
    /** Returns what is wrong with a field; empty if nothing is. */
    public String wrong(String field) {
      return FieldErrors.with(field, problems);
    }

    /** Returns each scope with its meaning. */
    public List<Choice> scopes() {
      return List.of(
          new Choice("publish", "publish events"),
          new Choice("read", "see everything except keys"),
          new Choice("manage", "change endpoints and settings, retry and cancel; includes read"),
          new Choice("admin", "everything on every site, including sites and keys"));
    }
  }

  /** A permission to tick. */
  public record Choice(String word, String meaning) {}

  public ConsoleReply show(Visit visit) {
    return list(visit, 200, Typed.blank(visit.site()), List.of());
  }

  public ConsoleReply create(Visit visit) {
    Typed typed = Typed.of(visit.form());
    try {
      Set<Scope> scopes =
          typed.scopes().stream()
              .flatMap(word -> Scope.fromCode(word).stream())
              .collect(Collectors.toCollection(LinkedHashSet::new));
      SiteId site = typed.site().isEmpty() ? null : new SiteId(typed.site());
      Keys.Issued issued = visit.webhooks().keys().create(typed.name(), scopes, site);
      visit.session().reveal(PATH, Fresh.of(issued, visit));
      return ConsoleReply.seeOther(PATH);
    } catch (InvalidException e) {
      return list(visit, 400, typed, e.problems());
    } catch (NotFoundException e) {
      return list(visit, 400, typed, List.of(new Problem("site", String.valueOf(e.getMessage()))));
    }
  }

  /** Asks for confirmation before a key is revoked. */
  public ConsoleReply confirmRevoke(Visit visit) {
    Row row = row(key(visit), Map.of(), visit);
    Frame frame = frames.of(visit, Nav.KEYS, "Revoke a key");
    return TemplateRenderer.page((out, i) -> JteRevokeKeyGenerated.render(out, i, frame, row));
  }

  public ConsoleReply revoke(Visit visit) {
    ApiKey key = key(visit);
    try {
      visit.webhooks().keys().remove(key.id());
    } catch (RefusedException e) {
      return visit.refused(PATH, e.getMessage());
    }
    return visit.done(PATH, "The key “" + key.name() + "” was revoked and no longer works.");
  }

  private ApiKey key(Visit visit) {
    KeyId id = visit.id("id", "key", KeyId::parse);
    return webhooks.keys().find(id).orElseThrow(() -> new NotFoundException("key", id));
  }

  private ConsoleReply list(Visit visit, int status, Typed typed, List<Problem> problems) {
    String cursor = visit.query().text("cursor");
    Page<ApiKey> page =
        webhooks
            .keys()
            .list(
                PageRequest.of(PageRequest.FIRST.limit()).after(cursor.isEmpty() ? null : cursor));
    Map<String, String> creators = creators();
    View view =
        new View(
            page.data().stream().map(key -> row(key, creators, visit)).toList(),
            sites(),
            page.next() == null ? null : visit.query().queryWith("cursor", page.next()),
            visit.session().revealed(PATH, Fresh.class),
            typed,
            problems);
    Frame frame = frames.of(visit, Nav.KEYS, "API keys");
    return TemplateRenderer.page(status, (out, i) -> JteKeysGenerated.render(out, i, frame, view));
  }

  private Row row(ApiKey key, Map<String, String> creators, Visit visit) {
    SiteId site = key.site();
    String name =
        site == null ? "all" : webhooks.sites().find(site).map(SiteSearch::shown).orElse("");
    boolean isNamed = site != null && !name.equals(site.value());
    Stream<Scope> scopes = key.scopes().stream().sorted(Comparator.naturalOrder());
    return new Row(
        key.id().toString(),
        key.name(),
        scopes.map(Scope::code).collect(Collectors.joining(", ")),
        name,
        isNamed ? String.valueOf(site) : "",
        DisplayTime.of(key.createdAt(), visit.now()),
        creators.getOrDefault(key.id().toString(), ""),
        key.id().equals(visit.key().id()));
  }

  private Map<String, String> sites() {
    Map<String, String> names = new TreeMap<>();
    webhooks
        .sites()
        .list(MAX)
        .data()
        .forEach(site -> names.put(site.id().value(), SiteSearch.shown(site)));
    return names;
  }

  private static String creator(AuditEntry created) {
    return created.actor().equals(Actor.HOOKFERRY) ? "Hookferry" : created.actor().name();
  }

  /** Returns the creators of the newest keys, by key id. */
  private Map<String, String> creators() {
    AuditQuery created = AuditQuery.ALL.actions(Set.of(AuditAction.KEY_CREATED)).page(MAX);
    return webhooks.audit().list(created).data().stream()
        .collect(Collectors.toMap(AuditEntry::target, KeysPage::creator, (newer, older) -> newer));
  }
}
