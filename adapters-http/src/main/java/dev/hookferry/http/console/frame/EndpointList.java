package dev.hookferry.http.console.frame;

import dev.hookferry.Endpoints;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.NotFoundException;
import java.util.List;
import java.util.Optional;

/** The endpoints of a site as lists show them. */
public final class EndpointList {
  private static final PageRequest MOST = new PageRequest(PageRequest.MAX_LIMIT, null);

  private final Endpoints endpoints;
  private final SiteId site;

  public EndpointList(Endpoints endpoints, SiteId site) {
    this.endpoints = endpoints;
    this.site = site;
  }

  /** An endpoint, unless it was removed. */
  public Optional<Endpoint> find(EndpointId id) {
    try {
      return Optional.of(endpoints.get(site, id));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** The URL of an endpoint, or what there is to say of one that was removed. */
  public String url(EndpointId id) {
    return find(id).map(endpoint -> endpoint.url().text()).orElse("a removed endpoint, " + id);
  }

  /** The newest, as many as a list can have. */
  public List<Endpoint> all() {
    return endpoints.list(site, MOST).data();
  }

  /** To choose from: the newest, as many as a list can have. */
  public List<Choice> choices() {
    return all().stream()
        .map(endpoint -> new Choice(endpoint.id().toString(), endpoint.url().text()))
        .toList();
  }

  /** Something to choose. */
  public record Choice(String value, String text) {}
}
