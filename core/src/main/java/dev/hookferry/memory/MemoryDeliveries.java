package dev.hookferry.memory;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.Backlog;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Heartbeat;
import dev.hookferry.store.Node;
import dev.hookferry.store.OrphanedEndpoint;
import dev.hookferry.store.Owner;
import dev.hookferry.store.StoreFullException;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.HandBack;
import dev.hookferry.store.transfer.StoreInTransferException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** In-memory delivery store. Every method is atomic, under one lock. */
final class MemoryDeliveries implements DeliveryStore {
  private final Tables tables;
  private final MemoryOwners owners;
  private final MemoryEviction eviction;
  private final ConfigStore config;

  MemoryDeliveries(
      Tables tables, MemoryOwners owners, MemoryEviction eviction, ConfigStore config) {
    this.tables = tables;
    this.config = config;
    this.eviction = eviction;
    this.owners = owners;
  }

  @Override
  public Owner register(Node node) {
    synchronized (tables) {
      if (tables.transfer != null) {
        throw new StoreInTransferException("the store in memory", tables.transfer);
      }
      return owners.add(node);
    }
  }

  @Override
  public Heartbeat heartbeat(Owner owner) {
    synchronized (tables) {
      owners.recordHeartbeat(owner);
      int recovered = setFree(owners.evictSilent(), CrashSuspicion::afterDeath);
      return new Heartbeat(owners.isAlive(owner), owners.now(), recovered, owners.count());
    }
  }

  @Override
  public CommitResult commit(Owner owner, Batch batch) {
    synchronized (tables) {
      if (!batch.publications().isEmpty() && !eviction.makeRoom(owners.now())) {
        throw new StoreFullException(
            "the memory for events is full", "the memory for events is full of undelivered events");
      }
      Owner living = owners.isAlive(owner) ? owner : null;
      MemoryPublisher publisher = new MemoryPublisher(tables, living, config.version());
      List<CommitResult.Published> published =
          batch.publications().stream().map(publisher::publish).toList();
      Set<DeliveryId> refused = new LinkedHashSet<>();
      long promotions = tables.deliveries.promotions();
      for (AttemptResult result : batch.results()) {
        if (!record(owner, result)) {
          refused.add(result.delivery().id());
        }
      }
      for (HandBack handBack : batch.handBacks()) {
        if (!handBack(owner, handBack.site(), handBack.delivery())) {
          refused.add(handBack.delivery());
        }
      }
      if (!batch.results().isEmpty()) {
        var unused = eviction.makeRoom(owners.now());
      }
      boolean promoted = tables.deliveries.promotions() > promotions;
      MemoryCommands commands = new MemoryCommands(tables);
      List<Command.Reply> replies = batch.commands().stream().map(commands::apply).toList();
      return new CommitResult(published, refused, replies, promoted);
    }
  }

  private boolean record(Owner owner, AttemptResult result) {
    Delivery delivery = result.delivery();
    if (!handBack(owner, delivery.site(), delivery.id())) {
      return false;
    }
    tables.deliveries.put(delivery, null, result.suspicion());
    if (result.attempt() != null) {
      tables.attempts.put(result.attempt());
    }
    return true;
  }

  private boolean handBack(Owner owner, SiteId site, DeliveryId id) {
    if (!tables.deliveries.isOwned(site, id, owner)) {
      return false;
    }
    tables
        .deliveries
        .find(site, id)
        .ifPresent(row -> tables.deliveries.put(row.delivery(), null, row.suspicion()));
    return true;
  }

  @Override
  public ClaimResult claim(Owner owner, ClaimRequest claim) {
    synchronized (tables) {
      Claimer claimer = new Claimer(tables, claim);
      List<ClaimResult.Work> work = owners.isAlive(owner) ? claimer.take(owner) : List.of();
      return new ClaimResult(work, claimer.nextDue());
    }
  }

  @Override
  public List<OrphanedEndpoint> orphanedEndpoints(Set<EndpointId> known) {
    synchronized (tables) {
      return tables.deliveries.orphanedEndpoints(known);
    }
  }

  @Override
  public void retire(Owner owner) {
    synchronized (tables) {
      owners.remove(owner);
      setFree(Set.of(owner), UnaryOperator.identity());
    }
  }

  /** Records the suspicion against a delivery if the owner owns it, and returns whether it does. */
  boolean beginTrial(Owner owner, Delivery delivery, CrashSuspicion trial) {
    synchronized (tables) {
      if (!tables.deliveries.isOwned(delivery.site(), delivery.id(), owner)) {
        return false;
      }
      tables.deliveries.put(delivery, owner, trial);
      return true;
    }
  }

  private int setFree(Set<Owner> dead, UnaryOperator<CrashSuspicion> changed) {
    if (dead.isEmpty()) {
      return 0;
    }
    List<DeliveryTable.Row> orphans =
        tables.deliveries.owned().stream()
            .flatMap(delivery -> tables.deliveries.find(delivery.site(), delivery.id()).stream())
            .filter(row -> row.owner() != null && dead.contains(row.owner()))
            .toList();
    orphans.forEach(
        row -> tables.deliveries.put(row.delivery(), null, changed.apply(row.suspicion())));
    return orphans.size();
  }

  @Override
  public Backlog backlog(Predicate<EndpointId> isActive) {
    synchronized (tables) {
      return tables.deliveries.backlog(isActive);
    }
  }

  @Override
  public void close() {}
}
