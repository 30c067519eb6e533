package dev.hookferry.http.console.frame;

import dev.hookferry.Webhooks;
import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as a page sees it: signed in, permitted, taken apart.
 *
 * @param request as it came
 * @param session of the browser
 * @param key the session's key as it is now
 * @param named what the names in the route's template stand for
 * @param webhooks what is done with it, is done in the name of this key
 * @param now the time at which it is answered
 */
public record Visit(
    ConsoleRequest request,
    Session session,
    ApiKey key,
    Map<String, String> named,
    Webhooks webhooks,
    Instant now) {
  /** The same by a route. */
  public Visit at(Map<String, String> names) {
    return new Visit(request, session, key, names, webhooks, now);
  }

  /** The site in the path, or the one that this key begins with. */
  public SiteId site() {
    String text = named.get("site");
    if (text != null) {
      return id("site", "site", SiteId::new);
    }
    SiteId bound = key.site();
    return bound == null ? SiteId.DEFAULT : bound;
  }

  /** What a name in the path stands for. What cannot be an id is answered like an unknown one. */
  public <T> T id(String name, String kind, Function<String, T> parse) {
    String text = String.valueOf(named.get(name));
    try {
      return parse.apply(text);
    } catch (InvalidException e) {
      throw new NotFoundException(kind, text);
    }
  }

  /** The event types that the site knows. */
  public List<String> types() {
    return webhooks.settings().get(site()).catalog().types().stream().map(EventType::name).toList();
  }

  public FormValues query() {
    return FormValues.parse(request.query());
  }

  public FormValues form() {
    return FormValues.parse(request.body());
  }

  /** Whether the key may do this here. */
  public boolean can(Scope scope) {
    return key.permits(scope, site());
  }

  /** Where this key begins: below the site, the first page that it may see. */
  public String landing() {
    return can(Scope.READ) || !can(Scope.PUBLISH) ? "" : "/send";
  }

  /** The path of something below the site. */
  public String path(String below) {
    return "/sites/" + site() + below;
  }

  /** The answer to a change that was made: go there and say this. */
  public ConsoleReply done(String path, String text) {
    session.say(new Session.Flash("good", "Done", text));
    return ConsoleReply.seeOther(path);
  }

  /** The answer to something that was asked for, and whose outcome is not known yet. */
  public ConsoleReply begun(String path, String text) {
    session.say(new Session.Flash("plain", "In progress", text));
    return ConsoleReply.seeOther(path);
  }

  /** The answer to a change that was not made. */
  public ConsoleReply refused(String path, @Nullable String text) {
    session.say(new Session.Flash("bad", "Not done", String.valueOf(text)));
    return ConsoleReply.seeOther(path);
  }
}
