package dev.hookferry.file;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.file.commit.CommandPlanner;
import dev.hookferry.file.commit.CommitPlan;
import dev.hookferry.file.commit.JournalFollower;
import dev.hookferry.file.commit.PublishPlanner;
import dev.hookferry.file.commit.ResultPlanner;
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
import dev.hookferry.store.StoreFullException;
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
import org.jspecify.annotations.Nullable;

/** Deliveries in the journal. Owners exist in memory only: a process that ends owns nothing. */
final class JournalDeliveries implements DeliveryStore {
  private static final System.Logger LOG = System.getLogger(JournalDeliveries.class.getName());

  /** The delay before an unreadable event is read again: the disk may recover. */
  private static final Duration UNREADABLE = Duration.ofMinutes(1);

  private final OpenStore parts;
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
      OpenStore parts,
      BackgroundJobs maintenance,
      ConfigStore config,
      IdSource ids,
      Runnable closing) {
    this.parts = parts;
    this.config = config;
    this.maintenance = maintenance;
    this.ids = ids;
    this.closing = closing;
  }

  @Override
  public synchronized Owner register(Node node) {
    parts.health().check();
    Instant now = parts.clock().instant();
    Owner owner = new Owner(ids.next(now));
    owners.add(owner, node, now);
    return owner;
  }

  @Override
  public Heartbeat heartbeat(Owner owner) {
    parts.health().check();
    return new Heartbeat(owners.isAlive(owner), parts.clock().instant(), 0);
  }

  /** Returns the live owners of this process, oldest first. */
  List<LiveNode> alive() {
    return owners.alive(parts.clock().instant());
  }

  /**
   * Durably records that the previous process ended while it was sending these deliveries.
   *
   * @param tried the suspect that it was trying alone, if any
   */
  void suspect(Set<DeliveryId> sent, @Nullable DeliveryId tried) {
    Set<DeliveryId> all = new LinkedHashSet<>(sent);
    if (tried != null) {
      all.add(tried);
    }
    synchronized (parts.journal()) {
      CommitPlan plan = new CommitPlan(lines, parts.pending(), PendingIndex.NOBODY);
      lines.begin(parts.journal().end().sequence(), parts.journal().end().crc());
      try {
        for (DeliveryId id : all) {
          Optional<PendingDelivery> pending = parts.pending().get(id);
          if (pending.isPresent()) {
            PendingDelivery one = pending.get();
            Delivery delivery = one.delivery(parts.lookup().eventId(one.event()));
            CrashSuspicion before = id.equals(tried) ? one.suspicion().onTrial() : one.suspicion();
            plan.change(
                new CommitPlan.Planned(delivery, one.event().sequence(), false),
                new AttemptResult(delivery, null, before.afterDeath()),
                null);
          }
        }
        if (!lines.isEmpty()) {
          lines.end(parts.clock().instant());
          apply(plan, parts.journal().append(lines));
        }
      } catch (RuntimeException e) {
        plan.undo();
        throw e;
      } catch (IOException e) {
        plan.undo();
        throw new StoreException("reading from " + parts.disk() + " failed", e);
      }
    }
  }

  @Override
  public CommitResult commit(Owner owner, Batch batch) {
    synchronized (parts.journal()) {
      parts.health().check();
      if (!batch.publications().isEmpty() && !parts.journal().reserve().hasRoom()) {
        throw new StoreFullException(
            "the disk of " + parts.disk() + " is nearly full; new events are refused");
      }
      int number = owners.number(owner);
      int segment = parts.segments().active().number();
      CommitPlan plan = new CommitPlan(lines, parts.pending(), number);
      lines.begin(parts.journal().end().sequence(), parts.journal().end().crc());
      CommitResult committed;
      int base = 0;
      try {
        committed = plan(plan, number, batch);
        if (!lines.isEmpty()) {
          lines.end(parts.clock().instant());
          base = parts.journal().append(lines);
        }
      } catch (IOException e) {
        plan.undo();
        throw new StoreException(
            "reading from " + parts.disk() + " failed, nothing was changed: " + e.getMessage(), e);
      } catch (StoreException | Error e) {
        plan.undo();
        throw e;
      } catch (RuntimeException e) {
        plan.undo();
        throw new RejectedBatchException("cannot write a record: " + e, e);
      }
      apply(plan, base);
      if (parts.segments().active().number() != segment) {
        maintenance.rolled();
      }
      return committed;
    }
  }

  private CommitResult plan(CommitPlan plan, int owner, Batch batch) throws IOException {
    RecordLookup lookup = parts.lookup();
    List<Published> published = new ArrayList<>(batch.publications().size());
    PublishPlanner publishing = new PublishPlanner(plan, lookup, config.version());
    for (PublishEntry publication : batch.publications()) {
      published.add(publishing.publish(publication));
    }
    ResultPlanner changes = new ResultPlanner(plan, parts.pending(), owner);
    batch.results().forEach(changes::result);
    batch.releases().forEach(changes::release);
    CommandPlanner commands = new CommandPlanner(plan, parts.pending(), lookup);
    List<Reply> replies = new ArrayList<>(batch.commands().size());
    for (var command : batch.commands()) {
      replies.add(command.fold(commands));
    }
    return new CommitResult(published, changes.refused(), replies);
  }

  private void apply(CommitPlan plan, int base) {
    synchronized (parts.pending()) {
      try {
        plan.apply(
            new JournalFollower(parts.pending(), parts.lookup()), parts.segments().active(), base);
      } catch (IOException | RuntimeException | Error e) {
        throw parts.health().fail("applying a commit in memory", e);
      }
    }
  }

  @Override
  public ClaimResult claim(Owner owner, ClaimRequest claim) {
    return parts.reading(
        () -> {
          List<PendingDelivery> taken = take(owner, claim);
          try {
            List<ClaimResult.Work> work = withEvents(taken);
            return new ClaimResult(work, parts.pending().nextDue(claim.room()));
          } catch (RuntimeException | Error e) {
            giveBack(taken);
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
          event = parts.lookup().event(one.event());
          events.put(one.event().sequence(), event);
        }
        work.add(new ClaimResult.Work(one.delivery(event.id()), event, one.suspicion()));
      } catch (IOException | RuntimeException e) {
        Instant later = parts.clock().instant().plus(UNREADABLE);
        parts.pending().postpone(parts.pending().find(one.id()), later);
        LOG.log(
            System.Logger.Level.WARNING,
            one.id() + " stays pending, because its event cannot be read: " + e.getMessage());
      }
    }
    return work;
  }

  private List<PendingDelivery> take(Owner owner, ClaimRequest claim) {
    synchronized (parts.pending()) {
      int number = owners.number(owner);
      return number == PendingIndex.NOBODY ? List.of() : parts.pending().claim(number, claim);
    }
  }

  private void giveBack(List<PendingDelivery> taken) {
    synchronized (parts.pending()) {
      for (PendingDelivery one : taken) {
        parts.pending().own(parts.pending().find(one.id()), PendingIndex.NOBODY);
      }
    }
  }

  @Override
  public List<OrphanedEndpoint> strays(Set<EndpointId> known) {
    parts.health().check();
    return parts.pending().strays(known);
  }

  @Override
  public void retire(Owner owner) {
    synchronized (parts.journal()) {
      parts.health().check();
      synchronized (parts.pending()) {
        Integer number = owners.remove(owner);
        if (number != null) {
          parts.pending().free(number);
        }
      }
    }
  }

  @Override
  public Backlog backlog() {
    parts.health().check();
    return parts.pending().backlog();
  }

  @Override
  public void close() {
    closing.run();
  }
}
