package dev.hookferry.http.console.frame;

import dev.hookferry.Webhooks;
import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.audit.Actor;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.site.SiteSettings;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request as a page sees it: signed in, authorized and parsed.
 *
 * @param request the raw request
 * @param session the browser's session
 * @param key the session's key with its current permissions
 * @param named the values of the route's path variables
 * @param webhooks the facade, acting on behalf of this key
 * @param now the time of the request
 * @param last the site that this browser visited last, or null if unknown
 */
public record Visit(
    ConsoleRequest request,
    Session session,
    ApiKey key,
    Map<String, String> named,
    Webhooks webhooks,
    Instant now,
    @Nullable SiteId last) {

  /** Returns who makes this request, for the audit log. */
  public Actor actor() {
    return Actor.of(key, request.user(), request.from());
  }

  /** Returns a copy with the path variables of a route. */
  public Visit at(Map<String, String> names) {
    return new Visit(request, session, key, names, webhooks, now, last);
  }

  /**
   * Returns the site in the path. Server-wide pages have none in their path and appear with the
   * key's own site, or else the last visited one.
   */
  public SiteId site() {
    String text = named.get("site");
    if (text != null) {
      return id("site", "site", SiteId::new);
    }
    SiteId bound = key.site();
    if (bound != null) {
      return bound;
    }
    return last == null ? SiteId.DEFAULT : last;
  }

  /** Returns a path variable. A malformed id gets the same reply as an unknown one. */
  public <T> T id(String name, String kind, Function<String, T> parse) {
    String text = String.valueOf(named.get(name));
    try {
      return parse.apply(text);
    } catch (InvalidException e) {
      throw new NotFoundException(kind, text);
    }
  }

  /** Returns the site's known event types: its own by name, then QLM's by name. */
  public List<String> types() {
    EventCatalog catalog = webhooks.settings().get(site()).catalog();
    return catalog.types().stream()
        .sorted(
            Comparator.comparing((EventType type) -> !catalog.declared().contains(type))
                .thenComparing(EventType::name))
        .map(EventType::name)
        .toList();
  }

  /**
   * Returns the event types that a list can be filtered by: the site's known types and those that
   * Hookferry itself publishes.
   */
  public List<String> filterableTypes() {
    return withOperational(types());
  }

  /** Returns a pattern that some of these types match, as an example. */
  public static String pattern(List<String> types) {
    return types.stream()
        .map(name -> name.replaceFirst("(?<=[._]).*", "*"))
        .filter(pattern -> pattern.endsWith("*"))
        .findFirst()
        .orElse("order.*");
  }

  /** Returns the given types followed by those that Hookferry itself publishes. */
  public static List<String> withOperational(List<String> types) {
    return Stream.concat(types.stream(), OperationalEvents.ALL.stream().map(EventType::name))
        .distinct()
        .toList();
  }

  /**
   * Returns whether the site uses QLM: it declares no event types of its own and does not hide
   * QLM's, it has a QLM key, or one of its endpoints has a QLM key or subscribes to QLM's event
   * types.
   */
  public boolean usesQlm() {
    SiteSettings settings = webhooks.settings().get(site());
    EventCatalog catalog = settings.catalog();
    return (catalog.declared().isEmpty() && !catalog.qlmHidden())
        || settings.secretKey() != null
        || webhooks.endpoints().all(site()).stream().anyMatch(Visit::usesQlm);
  }

  private static boolean usesQlm(Endpoint endpoint) {
    return endpoint.signing().qlmSecret() != null
        || endpoint.eventTypes().stream()
            .filter(filter -> !filter.pattern().equals("*"))
            .anyMatch(filter -> EventCatalog.QLM_EVENTS.stream().anyMatch(filter::matches));
  }

  /** Returns whether the site has fields of the data that can be searched. */
  public boolean isSearchedByFields() {
    return !webhooks.settings().get(site()).searchFields().isEmpty();
  }

  public FormValues query() {
    return FormValues.parse(request.query());
  }

  public FormValues form() {
    return FormValues.parse(request.body(), request.header("content-type"));
  }

  /** Returns whether the key has this permission here. */
  public boolean can(Scope scope) {
    return key.permits(scope, site());
  }

  /** Returns the key's first page: the first page of the site that it may see. */
  public String landing() {
    return can(Scope.READ) || !can(Scope.PUBLISH) ? "" : "/send";
  }

  /** Returns the path of a page below the site. */
  public String path(String below) {
    return "/sites/" + site() + below;
  }

  /** Returns the reply to a completed change that needs no message. */
  public ConsoleReply done(String path, String title) {
    return done(path, title, "");
  }

  /**
   * Returns the reply to a completed change: a redirect with a success message.
   *
   * @param title the change
   * @param text additional information, or empty
   */
  public ConsoleReply done(String path, String title, String text) {
    session.say(new Session.Flash("good", title, text));
    return ConsoleReply.seeOther(path);
  }

  /**
   * Returns the reply to a completed change: a redirect with a success message and a link.
   *
   * @param title the change
   * @param text additional information, or empty
   * @param more the page with details
   * @param link the text of the link to that page
   */
  public ConsoleReply done(String path, String title, String text, String more, String link) {
    session.say(new Session.Flash("good", title, text, more, link));
    return ConsoleReply.seeOther(path);
  }

  /** Returns the reply to an action whose outcome is not known yet. */
  public ConsoleReply begun(String path, String text) {
    return begun(path, "In progress", text);
  }

  /**
   * Returns the reply to an action whose outcome is not known yet.
   *
   * @param title a word or two
   */
  public ConsoleReply begun(String path, String title, String text) {
    session.say(new Session.Flash("plain", title, text));
    return ConsoleReply.seeOther(path);
  }

  /** Returns the reply to a change that was refused. */
  public ConsoleReply refused(String path, @Nullable String text) {
    session.say(new Session.Flash("bad", "Not done", String.valueOf(text)));
    return ConsoleReply.seeOther(path);
  }
}
