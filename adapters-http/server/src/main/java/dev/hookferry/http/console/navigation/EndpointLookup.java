package dev.hookferry.http.console.navigation;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.text.ShortenedText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.site.Site;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds an endpoint by name or id in one site or the newest 500, for lists about all of them.
 *
 * @param only the site to look in; null for all
 */
public record EndpointLookup(Webhooks webhooks, @Nullable SiteId only) {
  /**
   * Returns the id of the endpoint with a name, or the text itself if no endpoint has that name or
   * it is the id of a site.
   *
   * @throws InvalidException if several endpoints have that name
   */
  public String id(String text) {
    boolean isSite = webhooks.sites().find(text).isPresent();
    List<Endpoint> named = text.isEmpty() || isSite ? List.of() : named(text);
    if (named.size() > 1) {
      throw InvalidException.of("target", "is the name of several endpoints; enter the id of one");
    }
    return named.isEmpty() ? text : named.get(0).id().toString();
  }

  /** Returns the name of the endpoint with this id, or the text itself if there is none. */
  public String words(String text) {
    return found(text).map(one -> ShortenedText.named(one.name())).orElse(text);
  }

  /**
   * Returns the text that a field shows for a target: its name, if that identifies the same target.
   */
  public String typed(String text) {
    return found(text)
        .map(Endpoint::description)
        .filter(name -> !name.isEmpty() && isMeant(name, text))
        .orElse(text);
  }

  private boolean isMeant(String name, String id) {
    try {
      return id(name).equals(id);
    } catch (InvalidException e) {
      return false;
    }
  }

  private Optional<Endpoint> found(String text) {
    return EndpointId.find(text)
        .flatMap(id -> sites().flatMap(site -> site.find(id).stream()).findFirst());
  }

  private List<Endpoint> named(String text) {
    return sites()
        .flatMap(site -> site.all().stream())
        .filter(one -> one.description().equals(text))
        .toList();
  }

  private Stream<EndpointList> sites() {
    return webhooks.sites().list(PageRequest.of(PageRequest.MAX_LIMIT)).data().stream()
        .map(Site::id)
        .filter(site -> only == null || only.equals(site))
        .map(site -> new EndpointList(webhooks, site));
  }
}
