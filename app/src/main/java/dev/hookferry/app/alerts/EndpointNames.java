package dev.hookferry.app.alerts;

import dev.hookferry.Endpoints;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.NotFoundException;
import org.jspecify.annotations.Nullable;

/** Names of endpoints in alerts: the description, if there is one, with the id. Thread-safe. */
final class EndpointNames {
  private static final int MAX_LENGTH = 80;

  private volatile @Nullable Endpoints endpoints;

  /** Sets the endpoints that descriptions are read from; until then, names contain ids only. */
  void readFrom(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  /** Returns a name such as {@code endpoint "CRM" (ep_...) of site default}; never does I/O. */
  String of(SiteId site, EndpointId id) {
    String description = description(site, id);
    String name = description.isEmpty() ? id.toString() : '"' + description + "\" (" + id + ")";
    return "endpoint " + name + " of site " + site;
  }

  private String description(SiteId site, EndpointId id) {
    Endpoints known = endpoints;
    if (known == null) {
      return "";
    }
    try {
      String description = known.get(site, id).description().strip();
      int last = description.offsetByCodePoints(0, shownLength(description));
      return last == description.length() ? description : description.substring(0, last) + "…";
    } catch (NotFoundException e) {
      return "";
    }
  }

  private static int shownLength(String description) {
    return Math.min(MAX_LENGTH, description.codePointCount(0, description.length()));
  }
}
