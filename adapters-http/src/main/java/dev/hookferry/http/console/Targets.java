package dev.hookferry.http.console;

import dev.hookferry.Endpoints;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.port.PageRequest;
import dev.hookferry.refusal.NotFoundException;
import java.util.List;
import java.util.Optional;

/** The endpoints of a site as lists show them. */
final class Targets {
  private static final PageRequest MOST = new PageRequest(PageRequest.MAX_LIMIT, null);

  private final Endpoints endpoints;
  private final SiteId site;

  Targets(Endpoints endpoints, SiteId site) {
    this.endpoints = endpoints;
    this.site = site;
  }

  /** An endpoint, unless it was removed. */
  Optional<Endpoint> find(EndpointId id) {
    try {
      return Optional.of(endpoints.get(site, id));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** The URL of an endpoint, or what there is to say of one that was removed. */
  String url(EndpointId id) {
    return find(id).map(endpoint -> endpoint.url().text()).orElse("a removed endpoint, " + id);
  }

  /** The newest, as many as a list can have. */
  List<Endpoint> all() {
    return endpoints.list(site, MOST).data();
  }

  /** To choose from: the newest, as many as a list can have. */
  List<Choice> choices() {
    return all().stream()
        .map(endpoint -> new Choice(endpoint.id().toString(), endpoint.url().text()))
        .toList();
  }

  /** Something to choose. */
  record Choice(String value, String text) {}
}
