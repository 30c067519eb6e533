package dev.hookferry.http.console.site;

import dev.hookferry.Hookferry;
import dev.hookferry.MasterKeys;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.ServerInfo;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.ByteCount;
import dev.hookferry.http.resource.BackupBody;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.observe.Backlog;
import dev.hookferry.observe.EgressState;
import dev.hookferry.observe.Load;
import dev.hookferry.observe.NodeCondition;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreInfo;
import dev.hookferry.store.transfer.TransferHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Page about the server itself: store, nodes, secrets and configuration. */
public final class SystemPage {
  private final Hookferry hookferry;
  private final ServerInfo server;
  private final FrameRenderer frames;

  public SystemPage(Hookferry hookferry, ServerInfo server, FrameRenderer frames) {
    this.hookferry = hookferry;
    this.server = server;
    this.frames = frames;
  }

  /** A live node. */
  public record NodeRow(String name, DisplayTime since, DisplayTime heard) {}

  /**
   * State of the store.
   *
   * @param size as text; empty if unknown
   * @param pending number of pending deliveries of all sites
   * @param due the earliest due time among them; shows nothing if none is due yet
   */
  public record StoreView(
      String kind,
      String layout,
      String size,
      long pending,
      DisplayTime due,
      List<NodeRow> nodes) {}

  /**
   * A master key.
   *
   * @param word its current use
   */
  public record KeyRow(String id, int secrets, String word) {}

  /**
   * State of the secrets.
   *
   * @param pill the state as a pill
   * @param words the state in a sentence
   * @param keys newest first
   * @param unsealed number of secrets stored unencrypted
   */
  public record SecretsView(StatePill pill, String words, List<KeyRow> keys, int unsealed) {}

  /**
   * An egress.
   *
   * @param via its proxies or local address; empty if connections leave directly
   * @param failures number of failures and of refusals, as text
   * @param last the last failure or refusal; empty if there was none
   * @param at time of the last failure or refusal
   */
  public record EgressRow(
      String name, StatePill pill, String via, String failures, String last, DisplayTime at) {
    static EgressRow of(EgressState state, Instant now) {
      return new EgressRow(
          state.name(),
          state.isWorking()
              ? new StatePill("good", "working", StatePill.TICK)
              : new StatePill("bad", "failing", StatePill.CROSS),
          String.join(", ", state.via()),
          NumberText.of(state.failures()) + " (refused: " + NumberText.of(state.refusals()) + ")",
          state.lastFailure(),
          DisplayTime.of(state.failedAt(), now));
    }
  }

  /**
   * Content of the page.
   *
   * @param verdict whether this server works
   * @param store state of the store, or null if it is not available
   * @param secrets state of the secrets
   * @param load work in this process's memory
   * @param java version of the JVM
   * @param heap used and maximum heap
   * @param delivery whether this node delivers, and if not, why
   * @param egresses the egresses that connections may leave by
   */
  public record View(
      ServerInfo server,
      ServerVerdict verdict,
      @Nullable StoreView store,
      SecretsView secrets,
      Load load,
      String java,
      String heap,
      String delivery,
      List<EgressRow> egresses) {}

  public ConsoleReply show(Visit visit) {
    NodeCondition condition = hookferry.condition();
    MasterKeys.Status keys = hookferry.webhooks().masterKeys().status();
    StoreView store = null;
    ServerVerdict verdict;
    try {
      Backlog backlog = hookferry.backlog();
      store = store(backlog, visit.now());
      verdict = ServerVerdict.of(store.nodes().size(), backlog, condition, keys, visit.now());
    } catch (StoreException e) {
      verdict = ServerVerdict.ofStoreFault(String.valueOf(e.getMessage()));
    }
    Runtime runtime = Runtime.getRuntime();
    String off = condition.deliveryOff();
    View view =
        new View(
            server,
            verdict,
            store,
            secrets(keys),
            hookferry.load(),
            "Java " + Runtime.version(),
            ByteCount.text(runtime.totalMemory() - runtime.freeMemory())
                + " of "
                + ByteCount.text(runtime.maxMemory()),
            off == null ? "on" : "off, because " + off,
            condition.egresses().stream()
                .map(egress -> EgressRow.of(egress, visit.now()))
                .toList());
    Frame frame = frames.of(visit, Nav.SYSTEM, "System");
    return TemplateRenderer.page((out, i) -> JteSystemGenerated.render(out, i, frame, view));
  }

  /** Moves all secrets to the newest master key. */
  public ConsoleReply rotate(Visit visit) {
    try {
      int moved = visit.webhooks().masterKeys().rotate().rewrapped();
      return visit.done(
          "/system",
          "The secrets of "
              + (moved == 1 ? "1 site or endpoint" : moved + " sites and endpoints")
              + " are encrypted with the newest master key.");
    } catch (ConflictException | StoreException e) {
      return visit.refused("/system", e.getMessage());
    }
  }

  /** Sends a backup of everything in the store. */
  public ConsoleReply backUp(Visit visit) {
    try {
      BackupBody body = BackupBody.of(visit.webhooks(), TransferHistory.ALL);
      return ConsoleReply.download(BackupBody.TYPE, body, body.disposition());
    } catch (ConflictException | StoreException e) {
      return visit.refused("/system", e.getMessage());
    }
  }

  private StoreView store(Backlog backlog, Instant now) {
    StoreInfo facts = hookferry.storeInfo();
    Long bytes = facts.bytes();
    return new StoreView(
        facts.kind(),
        facts.layout(),
        bytes == null ? "" : ByteCount.text(bytes),
        backlog.pending(),
        due(backlog, now),
        facts.nodes().stream()
            .map(
                node ->
                    new NodeRow(
                        node.name(),
                        DisplayTime.of(node.since(), now),
                        DisplayTime.of(earlier(node.heardAt(), now), now)))
            .toList());
  }

  private static DisplayTime due(Backlog backlog, Instant now) {
    Instant oldest = backlog.oldestDue();
    return oldest == null || oldest.isAfter(now) ? DisplayTime.EMPTY : DisplayTime.of(oldest, now);
  }

  /** Returns the earlier time, as a node may send a heartbeat after the page was requested. */
  private static Instant earlier(Instant heard, Instant now) {
    return heard.isAfter(now) ? now : heard;
  }

  private static SecretsView secrets(MasterKeys.Status status) {
    List<KeyRow> keys = new ArrayList<>();
    for (String id : status.missing()) {
      keys.add(new KeyRow(id, status.secrets().getOrDefault(id, 0), "missing on this node"));
    }
    for (int i = status.readable().size() - 1; i >= 0; i--) {
      String id = status.readable().get(i);
      String word =
          id.equals(status.newest())
              ? "seals new secrets"
              : status.unused().contains(id) ? "no longer needed" : "opens older secrets";
      keys.add(new KeyRow(id, status.secrets().getOrDefault(id, 0), word));
    }
    return new SecretsView(pill(status), words(status), keys, status.unsealed());
  }

  private static StatePill pill(MasterKeys.Status status) {
    return switch (status.state()) {
      case SEALED -> new StatePill("good", "sealed", StatePill.TICK);
      case STALE -> new StatePill("wait", "rotating", StatePill.CLOCK);
      case UNSEALED -> new StatePill("bad", "not sealed", StatePill.CROSS);
      case KEY_MISSING -> new StatePill("bad", "key missing", StatePill.CROSS);
    };
  }

  private static String words(MasterKeys.Status status) {
    return switch (status.state()) {
      case SEALED -> "Every secret is encrypted with the newest master key.";
      case STALE ->
          status.stale()
              + " secrets are sealed by an older key: a rotation has not finished. Rotate again to"
              + " continue it.";
      case UNSEALED ->
          status.newest() == null
              ? "Secrets are stored unencrypted because there is no master key. Set one with"
                  + " secrets.masterKeyFile or HOOKFERRY_MASTER_KEY."
              : status.unsealed() + " secrets are unencrypted.";
      case KEY_MISSING ->
          "Some secrets cannot be opened on this node: it lacks the master keys listed below.";
    };
  }
}
