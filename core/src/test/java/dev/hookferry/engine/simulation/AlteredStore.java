package dev.hookferry.engine.simulation;

import dev.hookferry.contract.support.ForwardingStore;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.Backlog;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Heartbeat;
import dev.hookferry.store.Node;
import dev.hookferry.store.OrphanedEndpoint;
import dev.hookferry.store.Owner;
import dev.hookferry.store.Store;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Forwards to another store, whose commits and claims a subclass watches or spoils. */
class AlteredStore extends ForwardingStore implements DeliveryStore {
  private final DeliveryStore deliveries;

  AlteredStore(Store store) {
    super(store);
    deliveries = store.deliveries();
  }

  @Override
  public DeliveryStore deliveries() {
    return this;
  }

  @Override
  public Owner register(Node node) {
    return deliveries.register(node);
  }

  @Override
  public Heartbeat heartbeat(Owner owner) {
    return deliveries.heartbeat(owner);
  }

  @Override
  public CommitResult commit(Owner owner, Batch batch) {
    return deliveries.commit(owner, batch);
  }

  @Override
  public ClaimResult claim(Owner owner, ClaimRequest claim) {
    return deliveries.claim(owner, claim);
  }

  @Override
  public List<OrphanedEndpoint> orphanedEndpoints(Set<EndpointId> known) {
    return deliveries.orphanedEndpoints(known);
  }

  @Override
  public void repair() {
    deliveries.repair();
  }

  @Override
  public void retire(Owner owner) {
    deliveries.retire(owner);
  }

  @Override
  public Backlog backlog(Predicate<EndpointId> isActive) {
    return deliveries.backlog(isActive);
  }
}
