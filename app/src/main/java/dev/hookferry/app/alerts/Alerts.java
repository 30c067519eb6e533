package dev.hookferry.app.alerts;

import dev.hookferry.Endpoints;
import dev.hookferry.Hookferry;
import dev.hookferry.app.config.AlertsConfig;
import dev.hookferry.app.config.SmtpConfig;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.observe.Backlog;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.OwnFault;
import dev.hookferry.store.Node;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.TallyStore;
import dev.hookferry.transport.Transport;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reporter of incidents to operators, by e-mail and chat. Uses its own threads, so that a mail
 * server that hangs affects nothing else. Thread-safe.
 */
public final class Alerts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
  private static final long TICK = TimeUnit.SECONDS.toMillis(5);
  private static final int TICKS_PER_LOOK = 6;
  private static final long CLAIM = TimeUnit.SECONDS.toMillis(3);
  private static final long RETRY = TimeUnit.MINUTES.toMillis(1);

  private final List<ChannelWorker> workers;
  private final IncidentTracker tracker;
  private final EndpointNames names = new EndpointNames();
  private final ConsoleLinks links;
  private final AlertListener listener;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          action -> {
            Thread made = new Thread(action, "hookferry-alerts");
            made.setDaemon(true);
            return made;
          });
  private int ticks;
  private @Nullable AlertMemory memory;
  private boolean isRestored;

  /** Creates alerts that have not been started. */
  public Alerts(AlertsConfig config, Transport transport, InstantSource clock) {
    this(config, channels(config, transport), clock, RETRY);
  }

  Alerts(AlertsConfig config, List<AlertChannel> channels, InstantSource clock, long retryMillis) {
    this.clock = clock;
    tracker = new IncidentTracker(config.types());
    links = new ConsoleLinks(config.consoleUrl());
    listener = new AlertListener(tracker, names, clock);
    workers = channels.stream().map(channel -> new ChannelWorker(channel, retryMillis)).toList();
  }

  private static List<AlertChannel> channels(AlertsConfig config, Transport transport) {
    List<AlertChannel> all = new ArrayList<>();
    SmtpConfig smtp = config.smtp();
    if (smtp != null) {
      all.add(new MailChannel(smtp));
    }
    SecretText slack = config.slack();
    if (slack != null) {
      all.add(ChatChannel.slack(slack, transport));
    }
    SecretText teams = config.teams();
    if (teams != null) {
      all.add(ChatChannel.teams(teams, transport));
    }
    return all;
  }

  /**
   * Result of a test message for one recipient.
   *
   * @param channel the name of the channel
   * @param recipient the address; empty if the channel has only one recipient
   * @param problem why the message was not accepted; empty if it was
   */
  public record TestedRecipient(String channel, String recipient, String problem) {
    public TestedRecipient {
      Objects.requireNonNull(channel, "channel");
      Objects.requireNonNull(recipient, "recipient");
      Objects.requireNonNull(problem, "problem");
    }
  }

  /** Sends a test message to each recipient, with the console's URL if configured. Blocks. */
  public static List<TestedRecipient> test(AlertsConfig config, Transport transport, String text) {
    List<TestedRecipient> results = new ArrayList<>();
    String link = config.consoleUrl();
    AlertMessage message =
        new AlertMessage("[Hookferry] Test", link.isEmpty() ? List.of(text) : List.of(text, link));
    for (AlertChannel channel : channels(config, transport)) {
      Map<String, String> refused = new HashMap<>();
      try {
        channel
            .send(message, channel.recipients())
            .forEach((recipient, refusal) -> refused.put(recipient, refusal.reason()));
      } catch (AlertException e) {
        channel.recipients().forEach(all -> refused.put(all, String.valueOf(e.getMessage())));
      }
      for (String recipient : channel.recipients()) {
        String problem = refused.getOrDefault(recipient, "");
        results.add(new TestedRecipient(channel.name(), recipient, problem));
      }
    }
    return results;
  }

  /** Returns the listener that detects incidents; empty if there are no recipients. */
  public Optional<Listener> listener() {
    return workers.isEmpty() ? Optional.empty() : Optional.of(listener);
  }

  /**
   * Starts looking for incidents and sending alerts. No effect without a recipient.
   *
   * @param node the name of this node; empty if none is configured
   * @param store the store through which nodes agree which of them sends an alert
   * @param random generates this node's id for that purpose
   */
  public void start(Hookferry hookferry, String node, Store store, RandomGenerator random) {
    if (!workers.isEmpty()) {
      name(hookferry.webhooks().endpoints());
      remember(store.tallies(), node);
      String name = node.isEmpty() ? Node.ofProcess().name() : node;
      UUID id = new UUID(random.nextLong(), random.nextLong());
      AlertClaims shared =
          new AlertClaims(store.tallies(), id, clock, Alerts::waitForOthers, tracker::lost);
      UnaryOperator<List<Alert>> claims = store.isShared() ? shared::won : all -> all;
      var unused =
          thread.scheduleWithFixedDelay(
              () -> tick(hookferry, name, claims), TICK, TICK, TimeUnit.MILLISECONDS);
    }
  }

  /** Sets the endpoints whose descriptions are shown in alerts. */
  void name(Endpoints endpoints) {
    names.readFrom(endpoints);
  }

  /**
   * Sets the store that keeps reported incidents; the next tick restores those of earlier runs.
   *
   * @param node the configured name of this node; empty if there is none
   */
  void remember(TallyStore tallies, String node) {
    memory = new AlertMemory(tallies, node, clock);
  }

  private static void waitForOthers() {
    try {
      Thread.sleep(CLAIM);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks for incidents and sends alerts. Never throws, because that would cancel the schedule. */
  void tick(Hookferry hookferry, String node, UnaryOperator<List<Alert>> claims) {
    try {
      restore();
      if (ticks++ % TICKS_PER_LOOK == 0) {
        look(hookferry, node);
      }
      sendDue(claims);
      save();
    } catch (RuntimeException | Error e) {
      LOG.warn("alerts not checked", e);
    }
  }

  /** Restores the incidents of earlier runs at the first tick at which the store is available. */
  private void restore() {
    AlertMemory known = memory;
    if (known == null || isRestored) {
      return;
    }
    try {
      List<ReportedIncident> reported = known.load();
      isRestored = true;
      listener.restore(reported, clock.instant());
      tracker.restore(reported, clock.instant());
    } catch (StoreException e) {
      LOG.debug("the store is not available; earlier alerts are not known", e);
    }
  }

  /**
   * Saves the reported incidents unless a message is still queued or being sent: if that is lost in
   * a crash, a later run reports the incident again.
   */
  private void save() {
    AlertMemory known = memory;
    if (known == null || !isRestored || !isIdle()) {
      return;
    }
    try {
      known.save(tracker.reported(clock.instant()));
    } catch (StoreException e) {
      LOG.debug("the store is not available; alerts are not remembered", e);
    }
  }

  /** Returns whether no message is queued or being sent. */
  boolean isIdle() {
    return workers.stream().allMatch(ChannelWorker::isIdle);
  }

  /** Looks for incidents, and ends of incidents, that the engine does not report. */
  void look(Hookferry hookferry, String node) {
    boolean delivers = hookferry.condition().deliveryOff() == null;
    if (delivers) {
      listener.look(node, hookferry.condition().faults());
      listener.look(hookferry.webhooks().endpoints());
    }
    try {
      Backlog backlog = hookferry.backlog();
      if (delivers) {
        listener.look(backlog);
      }
      // The engine reports the end only of its own faults, not of those in maintenance or this
      // query.
      if (hookferry.condition().faults().stream().noneMatch(Alerts::isStoreFault)) {
        listener.storeRecovered();
      }
    } catch (StoreException e) {
      listener.fault("backlog", e);
    }
  }

  private static boolean isStoreFault(OwnFault fault) {
    return fault.kind() == OwnFault.Kind.STORE;
  }

  /** Sends the alerts that are due. */
  void sendDue(UnaryOperator<List<Alert>> claims) {
    List<Alert> due = tracker.due(clock.instant());
    List<Alert> ours = due.isEmpty() ? due : claims.apply(due);
    if (!ours.isEmpty()) {
      AlertMessage message = AlertMessage.of(ours, links);
      workers.forEach(worker -> worker.send(message));
    }
  }

  @Override
  public void close() {
    var unused = thread.shutdownNow();
    workers.forEach(ChannelWorker::close);
  }
}
