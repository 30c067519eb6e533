package dev.hookferry.internal;

import dev.hookferry.observe.PortalSessionStart;
import dev.hookferry.session.PageAccess;
import dev.hookferry.session.SessionKeeper;
import dev.hookferry.store.TallyStore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Access for pages to the parts of this node that the facades do not cover. */
public final class NodePages implements PageAccess {
  private final CoreServices services;

  /** Creates the access to the services of a node. */
  public NodePages(CoreServices services) {
    this.services = services;
  }

  @Override
  public SessionKeeper sessions() {
    return services.process().sessions();
  }

  @Override
  public TallyStore tallies() {
    TallyStore tallies = services.store().tallies();
    return new TallyStore() {
      @Override
      public void put(List<Tally> fresh, Instant now) {
        throw new UnsupportedOperationException("a read-only view; only the store takes tallies");
      }

      @Override
      public List<Tally> since(Instant time) {
        return tallies.since(time);
      }

      @Override
      public List<Tally> named(Set<String> names) {
        return tallies.named(names);
      }
    };
  }

  @Override
  public void portalSessionStarted(PortalSessionStart start) {
    Objects.requireNonNull(start, "start");
    services.runtime().notifyListener(listener -> listener.portalSessionStarted(start));
  }
}
