package dev.hookferry.portal;

import dev.hookferry.AuditTrail;
import dev.hookferry.Hookferry;
import dev.hookferry.Sites;
import dev.hookferry.access.Scope;
import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.session.OpenSession;
import dev.hookferry.session.SessionKeeper;
import dev.hookferry.site.PortalSettings;
import dev.hookferry.site.Site;
import dev.hookferry.store.session.SessionEntry;
import dev.hookferry.store.session.SessionFilter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The portal in which a product's customers manage their own endpoints: links, sessions, and the
 * access of each session. Every node accepts them, because they are in the store. Thread-safe;
 * methods block, and throw {@link dev.hookferry.store.StoreException} if the store fails.
 *
 * <pre>{@code
 * Portal portal = Portal.of(hookferry, InstantSource.system());
 * PortalLink link =
 *     portal.link(site, NewPortalLink.of("c-17").labels(Map.of("customer", "c-17")), Actor.PROGRAM);
 * }</pre>
 */
public final class Portal {
  static final String SESSION = "portal";

  private static final Duration MAX_TIME = Duration.ofHours(12);

  private final Hookferry hookferry;
  private final SessionKeeper sessions;
  private final PortalCodes codes;
  private final PortalLimits limits;
  private final SavedForms forms;

  private Portal(Hookferry hookferry, InstantSource clock) {
    this.hookferry = hookferry;
    sessions = hookferry.pages().sessions();
    codes = new PortalCodes(hookferry, sessions);
    limits = new PortalLimits(clock);
    forms = new SavedForms(sessions);
  }

  /** Returns the portal of an instance. Create one per instance: it enforces rate limits. */
  public static Portal of(Hookferry hookferry, InstantSource clock) {
    Objects.requireNonNull(hookferry, "hookferry");
    Objects.requireNonNull(clock, "clock");
    return new Portal(hookferry, clock);
  }

  /** A newly started session with its secret token. */
  public record StartedSession(String token, PortalSession session) {
    public StartedSession {
      Objects.requireNonNull(token, "token");
      Objects.requireNonNull(session, "session");
    }

    @Override
    public String toString() {
      return "StartedSession[" + session + "]";
    }
  }

  /**
   * Creates a link.
   *
   * @param actor the creator; revoking its key ends the session
   * @throws ConflictException if the site's portal is off
   * @throws InvalidException if its return URL is not at one of the site's origins
   */
  public PortalLink link(SiteId site, NewPortalLink requested, Actor actor) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(requested, "requested");
    Objects.requireNonNull(actor, "actor");
    Site of = sites().get(site);
    PortalSettings settings = of.settings().portal();
    if (!settings.enabled()) {
      throw new ConflictException(
          "the portal of the site " + site + " is off; set portal.enabled to true first");
    }
    PortalGrant grant = requested.grant();
    grant.opening().requireReturnTo(settings.origins());
    PortalLink link = codes.make(site, grant.forSite(of), requested.codeLifetime(), actor.key());
    audit(actor).note(grant.action(), site, grant.subject(), requested.audited());
    return link;
  }

  /**
   * Creates a link that replaces a session, for a browser that does not keep its cookie. The link
   * works only while that session lasts; opening it ends that session.
   *
   * @return the link; empty if the session was itself started by such a link
   */
  public Optional<PortalLink> replacementLink(PortalSession session) {
    Objects.requireNonNull(session, "session");
    if (session.grant().replaces() != null) {
      return Optional.empty();
    }
    PortalGrant grant = session.grant().replacing(session.id());
    return Optional.of(
        codes.make(session.site(), grant, NewPortalLink.DEFAULT_CODE, session.key()));
  }

  /** Invalidates a code that is no longer needed. */
  public void discard(String code) {
    codes.discard(Objects.requireNonNull(code, "code"));
  }

  /** Exchanges a code for a session; of concurrent callers, one gets it. Empty if not valid. */
  public Optional<StartedSession> exchange(String code) {
    Objects.requireNonNull(code, "code");
    return codes.find(code).filter(this::isInForce).flatMap(this::opened);
  }

  /** Returns the site of a valid code that has not been exchanged yet. */
  public Optional<SiteId> siteOf(String code) {
    Objects.requireNonNull(code, "code");
    return codes.find(code).filter(this::isInForce).map(open -> open.entry().site());
  }

  private Optional<StartedSession> opened(OpenSession code) {
    Optional<StartedSession> opened = codes.exchange(code);
    opened
        .map(StartedSession::session)
        .filter(session -> !session.isAsOperator())
        .ifPresent(session -> hookferry.pages().portalSessionStarted(session.start()));
    return opened;
  }

  /**
   * Returns the session with this token and extends it. Empty if the session has ended, if the
   * portal of its site is off, or if the link's key is gone or may not manage the site.
   */
  public Optional<PortalSession> session(String token) {
    Objects.requireNonNull(token, "token");
    Optional<PortalSession> session =
        sessions.find(SESSION, token).filter(this::isInForce).map(PortalSession::new);
    session.ifPresent(s -> sessions.extend(s.open(), s.grant().idle(), MAX_TIME));
    return session;
  }

  /** Returns whether the portal is off for a token's or code's site; for every site if unknown. */
  public boolean isOff(String tokenOrCode) {
    return sessions
        .find(SESSION, Objects.requireNonNull(tokenOrCode, "tokenOrCode"))
        .or(() -> codes.find(tokenOrCode))
        .flatMap(open -> Optional.ofNullable(open.entry().site()).flatMap(sites()::find))
        .map(site -> !site.settings().portal().enabled())
        .orElseGet(() -> sites(1).isEmpty());
  }

  /**
   * Saves a form that was submitted after its session had expired, until the user signs in again.
   *
   * @param token the token of a session that expired within the last hour
   * @param form its path and the values entered
   * @return its token, valid for an hour; empty without such a session, or if it is too large
   */
  public Optional<String> keepForm(String token, String form) {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(form, "form");
    return sessions
        .expired(SESSION, token)
        .filter(this::isInForce)
        .flatMap(open -> forms.keep(open, form));
  }

  /** Returns and removes a form that {@link #keepForm} saved for the user of this session. */
  public Optional<String> takeForm(PortalSession session, String token) {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(token, "token");
    return forms.take(session, token);
  }

  /** A session of a removed site gives no access to a new site with the same name. */
  private boolean isInForce(OpenSession open) {
    Optional<Site> site = Optional.ofNullable(open.entry().site()).flatMap(sites()::find);
    return site.isPresent()
        && site.get().settings().portal().enabled()
        && PortalGrant.read(open).isFor(site.get(), open.entry().createdAt())
        && isManager(open.entry().key(), site.get().id());
  }

  private boolean isManager(@Nullable KeyId id, SiteId site) {
    var keys = hookferry.webhooks().keys();
    return id == null || keys.find(id).filter(k -> k.permits(Scope.MANAGE, site)).isPresent();
  }

  /**
   * Returns the sessions of a site, newest first.
   *
   * @param subject the subject of the sessions, or null for all
   */
  public Page<SessionEntry> sessions(SiteId site, @Nullable String subject, PageRequest page) {
    Objects.requireNonNull(page, "page");
    return sessions.list(of(site, subject), page);
  }

  /** Returns the user's display name as given in the session's link; empty if none was given. */
  public String userName(SessionEntry entry) {
    return sessions.open(entry).map(open -> PortalGrant.read(open).name()).orElse("");
  }

  /**
   * Ends a session immediately, on every node, and returns whether it existed.
   *
   * @param actor who ends it, for the audit log
   */
  public boolean end(SiteId site, UUID id, Actor actor) {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(actor, "actor");
    boolean ended = sessions.end(of(site, null).id(id)) > 0;
    if (ended) {
      audit(actor).note(AuditAction.PORTAL_ENDED, site, id.toString(), List.of());
    }
    return ended;
  }

  /**
   * Ends all sessions of a subject immediately, invalidates unused links, and returns the total.
   *
   * @param actor who ends them, for the audit log
   */
  public int endAll(SiteId site, String subject, Actor actor) {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(actor, "actor");
    int count = codes.endAll(site, subject) + sessions.end(of(site, subject));
    forms.drop(site, subject);
    if (count > 0) {
      audit(actor).note(AuditAction.PORTAL_ENDED, site, subject, List.of());
    }
    return count;
  }

  private AuditTrail audit(Actor actor) {
    return hookferry.webhooks().actingAs(actor).audit();
  }

  private Sites sites() {
    return hookferry.webhooks().sites();
  }

  private SessionFilter of(SiteId site, @Nullable String subject) {
    Objects.requireNonNull(site, "site");
    SessionFilter all = SessionFilter.ofKind(SESSION).site(sites().get(site).id());
    return subject == null ? all : all.subject(subject);
  }

  /**
   * Returns the sites whose portal is on, ordered by id.
   *
   * @param limit maximum number of sites
   */
  public List<Site> sites(int limit) {
    List<Site> on = new ArrayList<>();
    PageRequest part = PageRequest.of(PageRequest.MAX_LIMIT);
    Page<Site> page;
    do {
      page = sites().list(part);
      page.data().stream()
          .filter(site -> site.settings().portal().enabled())
          .limit(limit - on.size())
          .forEach(on::add);
      part = part.after(page.next());
    } while (page.next() != null && on.size() < limit);
    return on;
  }

  /** Returns a site's portal settings. */
  public PortalSettings settings(SiteId site) {
    return sites().get(Objects.requireNonNull(site, "site")).settings().portal();
  }

  /**
   * Returns the access of a session.
   *
   * @param address the client's address, for the audit log
   */
  public PortalAccess access(PortalSession session, String address) {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(address, "address");
    return new PortalAccess(hookferry.webhooks().actingAs(session.actor(address)), session, limits);
  }
}
