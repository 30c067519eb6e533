package dev.hookferry.file;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.file.commit.CommandPlanner;
import dev.hookferry.file.commit.CommitPlan;
import dev.hookferry.file.commit.JournalFollower;
import dev.hookferry.file.commit.PublishPlanner;
import dev.hookferry.file.commit.ResultPlanner;
import dev.hookferry.file.journal.DamagedLineException;
import dev.hookferry.file.maintenance.BackgroundJobs;
import dev.hookferry.file.pending.PendingDelivery;
import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.file.record.BatchBuffer;
import dev.hookferry.file.search.OpenStore;
import dev.hookferry.file.search.RecordLookup;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.IdSource;
import dev.hookferry.observe.Backlog;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Heartbeat;
import dev.hookferry.store.Node;
import dev.hookferry.store.OrphanedEndpoint;
import dev.hookferry.store.Owner;
import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreInfo.LiveNode;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command.Reply;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.CommitResult.Published;
import dev.hookferry.store.commit.PublishEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Deliveries in the journal. Owners exist in memory only: a process that ends owns nothing. */
final class JournalDeliveries implements DeliveryStore {
  private static final System.Logger LOG = System.getLogger(JournalDeliveries.class.getName());

  /** The delay before an unreadable event is read again, in case the disk recovers. */
  private static final Duration UNREADABLE = Duration.ofMinutes(1);

  private final OpenStore open;
  private final BackgroundJobs maintenance;
  private final ConfigStore config;
  private final Runnable closing;
  private final BatchBuffer lines = new BatchBuffer();
  private final LocalOwners owners = new LocalOwners();
  private final IdSource ids;

  /**
   * Creates the deliveries of an open store.
   *
   * @param config the configuration that events are routed by
   * @param ids source of owner ids
   * @param closing closes the store
   */
  JournalDeliveries(
      OpenStore open,
      BackgroundJobs maintenance,
      ConfigStore config,
      IdSource ids,
      Runnable closing) {
    this.open = open;
    this.config = config;
    this.maintenance = maintenance;
    this.ids = ids;
    this.closing = closing;
  }

  @Override
  public synchronized Owner register(Node node) {
    open.health().check();
    Instant now = open.clock().instant();
    Owner owner = new Owner(ids.next(now));
    owners.add(owner, node, now);
    return owner;
  }

  @Override
  public Heartbeat heartbeat(Owner owner) {
    open.health().check();
    return new Heartbeat(owners.isAlive(owner), open.clock().instant(), 0, 1);
  }

  /** Returns the live owners of this process, oldest first. */
  List<LiveNode> alive() {
    return owners.alive(open.clock().instant());
  }

  /**
   * Durably records that the previous process ended while these deliveries were in flight.
   *
   * @param tried the suspect that was on trial, alone; null if none was
   */
  void suspect(Set<DeliveryId> sent, @Nullable DeliveryId tried) {
    Set<DeliveryId> all = new LinkedHashSet<>(sent);
    if (tried != null) {
      all.add(tried);
    }
    synchronized (open.journal()) {
      CommitPlan plan = new CommitPlan(lines, open.pending(), PendingIndex.NOBODY);
      lines.begin(open.journal().end().sequence(), open.journal().end().crc());
      try {
        for (DeliveryId id : all) {
          Optional<PendingDelivery> pending = open.pending().get(id);
          if (pending.isPresent()) {
            PendingDelivery one = pending.get();
            Delivery delivery = one.delivery(open.lookup().eventIdIfIntact(one.event()));
            CrashSuspicion before = id.equals(tried) ? one.suspicion().onTrial() : one.suspicion();
            plan.change(
                new CommitPlan.Planned(delivery, one.event().sequence(), false),
                new AttemptResult(delivery, null, before.afterDeath()),
                null);
          }
        }
        if (!lines.isEmpty()) {
          lines.end(open.clock().instant());
          apply(plan, open.journal().append(lines));
        }
      } catch (RuntimeException e) {
        plan.undo();
        throw e;
      } catch (IOException e) {
        plan.undo();
        throw new StoreException("reading from " + open.disk() + " failed", e);
      }
    }
  }

  @Override
  public CommitResult commit(Owner owner, Batch batch) {
    synchronized (open.journal()) {
      open.health().check();
      if (!batch.publications().isEmpty()) {
        open.journal().reserve().requireRoom();
      }
      int number = owners.number(owner);
      int segment = open.segments().active().number();
      CommitPlan plan = new CommitPlan(lines, open.pending(), number);
      lines.begin(open.journal().end().sequence(), open.journal().end().crc());
      CommitResult committed;
      int base = 0;
      try {
        committed = plan(plan, number, batch);
        if (!lines.isEmpty()) {
          lines.end(open.clock().instant());
          base = open.journal().append(lines);
        }
      } catch (IOException | DamagedLineException e) {
        // Only entries that need this record fail: a failing disk shows when the batch is written.
        plan.undo();
        throw new RejectedBatchException(
            "a stored record that it needs cannot be read: " + e.getMessage(), e);
      } catch (StoreException | Error e) {
        plan.undo();
        throw e;
      } catch (RuntimeException e) {
        plan.undo();
        throw new RejectedBatchException("cannot write a record: " + e, e);
      }
      apply(plan, base);
      if (open.segments().active().number() != segment) {
        maintenance.rolled();
      }
      return committed;
    }
  }

  private CommitResult plan(CommitPlan plan, int owner, Batch batch) throws IOException {
    RecordLookup lookup = open.lookup();
    List<Published> published = new ArrayList<>(batch.publications().size());
    PublishPlanner publishing = new PublishPlanner(plan, lookup, config.version());
    for (PublishEntry publication : batch.publications()) {
      published.add(publishing.publish(publication));
    }
    ResultPlanner changes = new ResultPlanner(plan, open.pending(), owner);
    batch.results().forEach(changes::result);
    batch.handBacks().forEach(changes::handBack);
    boolean promoted = changes.isPromoting();
    CommandPlanner commands = new CommandPlanner(plan, open.pending(), lookup);
    List<Reply> replies = new ArrayList<>(batch.commands().size());
    for (var command : batch.commands()) {
      replies.add(command.fold(commands));
    }
    return new CommitResult(published, changes.refused(), replies, promoted);
  }

  private void apply(CommitPlan plan, int base) {
    synchronized (open.pending()) {
      try {
        plan.apply(
            new JournalFollower(open.pending(), open.lookup()), open.segments().active(), base);
      } catch (IOException | RuntimeException | Error e) {
        throw open.health().fail("applying a commit in memory", e);
      }
    }
  }

  @Override
  public ClaimResult claim(Owner owner, ClaimRequest claim) {
    return open.reading(
        () -> {
          List<PendingDelivery> taken = take(owner, claim);
          try {
            List<ClaimResult.Work> work = withEvents(taken);
            return new ClaimResult(work, open.pending().nextDue(claim.room()));
          } catch (RuntimeException | Error e) {
            handBack(taken);
            throw e;
          }
        });
  }

  /** Reads each event once. An unreadable event is postponed and does not delay the others. */
  private List<ClaimResult.Work> withEvents(List<PendingDelivery> taken) {
    List<ClaimResult.Work> work = new ArrayList<>(taken.size());
    Map<Long, Event> events = new HashMap<>();
    for (PendingDelivery one : taken) {
      try {
        Event event = events.get(one.event().sequence());
        if (event == null) {
          event = open.lookup().event(one.event());
          events.put(one.event().sequence(), event);
        }
        work.add(new ClaimResult.Work(one.delivery(event.id()), event, one.suspicion()));
      } catch (IOException | RuntimeException e) {
        Instant later = open.clock().instant().plus(UNREADABLE);
        open.pending().postpone(open.pending().find(one.id()), later);
        LOG.log(
            System.Logger.Level.ERROR,
            "event unreadable: postponed delivery=" + one.id() + " cause=" + e.getMessage());
      }
    }
    return work;
  }

  private List<PendingDelivery> take(Owner owner, ClaimRequest claim) {
    synchronized (open.pending()) {
      int number = owners.number(owner);
      return number == PendingIndex.NOBODY ? List.of() : open.pending().claim(number, claim);
    }
  }

  private void handBack(List<PendingDelivery> taken) {
    synchronized (open.pending()) {
      for (PendingDelivery one : taken) {
        open.pending().assign(open.pending().find(one.id()), PendingIndex.NOBODY);
      }
    }
  }

  @Override
  public List<OrphanedEndpoint> orphanedEndpoints(Set<EndpointId> known) {
    open.health().check();
    return open.pending().orphanedEndpoints(known);
  }

  @Override
  public void retire(Owner owner) {
    synchronized (open.journal()) {
      open.health().check();
      synchronized (open.pending()) {
        Integer number = owners.remove(owner);
        if (number != null) {
          open.pending().free(number);
        }
      }
    }
  }

  @Override
  public Backlog backlog(Predicate<EndpointId> isActive) {
    open.health().check();
    return open.pending().backlog(isActive);
  }

  @Override
  public void close() {
    closing.run();
  }
}
