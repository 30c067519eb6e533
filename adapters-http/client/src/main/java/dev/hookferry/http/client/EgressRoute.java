package dev.hookferry.http.client;

import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.http.client.proxy.ProxyAddress;
import dev.hookferry.observe.EgressState;
import io.netty.channel.ChannelFuture;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runtime state of an egress: which proxies to try first, and its failures. Thread-safe. */
final class EgressRoute {
  private static final System.Logger LOG = System.getLogger(EgressRoute.class.getName());

  /** Nanoseconds for which a failed proxy is tried last. */
  private static final long DOWN_NANOS = 30_000_000_000L;

  private final Egress egress;
  private final LongSupplier nanos;
  private final InstantSource clock;
  private final Map<ProxyAddress, Long> downSince = new HashMap<>();
  private boolean isWorking = true;
  private long failures;
  private long refusals;
  private String lastFailure = "";
  private @Nullable Instant failedAt;

  /**
   * A tunnel to a receiver that a proxy has opened.
   *
   * @param proxy the proxy that opened it
   * @param probe connects to the same address of the proxy once more
   */
  record Tunnel(EgressRoute egress, ProxyAddress proxy, Supplier<ChannelFuture> probe) {

    /**
     * Reports the failure of a connection that was closed. If it went through a proxy, first finds
     * out which side failed: a proxy that has died accepts no new connection.
     */
    static void blame(
        Connection closed, NetworkFailure.Failure failure, Consumer<NetworkFailure.Failure> then) {
      Tunnel way = closed.through();
      boolean isClosed =
          failure.kind() == OutcomeKind.CONNECTION_CLOSED
              || failure.kind() == OutcomeKind.TLS_ERROR;
      if (way == null || !isClosed || closed.isBroken()) {
        then.accept(failure);
        return;
      }
      ChannelFuture probed;
      try {
        probed = way.probe.get();
      } catch (RuntimeException | Error e) {
        then.accept(failure);
        return;
      }
      probed.addListener((ChannelFuture future) -> then.accept(way.judged(failure, future)));
    }

    private NetworkFailure.Failure judged(NetworkFailure.Failure failure, ChannelFuture probed) {
      if (probed.isSuccess()) {
        var unused = probed.channel().close();
        return failure;
      }
      String subject = egress.subject(proxy);
      if (NetworkFailure.ofConnect(probed.cause(), subject).kind() == OutcomeKind.INTERNAL_ERROR) {
        return failure;
      }
      String reason = "closed the connection and accepts no new ones";
      egress.failed(proxy, reason);
      return new NetworkFailure.Failure(
          OutcomeKind.PROXY_FAILED, egress.prefix() + subject + " " + reason);
    }
  }

  EgressRoute(Egress egress, LongSupplier nanos, InstantSource clock) {
    this.egress = egress;
    this.nanos = nanos;
    this.clock = clock;
  }

  Egress egress() {
    return egress;
  }

  /**
   * Returns the prefix of messages to users, which does not reveal the addresses of the proxies.
   */
  String prefix() {
    return "egress " + egress.name() + ": ";
  }

  /** Returns the name of a proxy in messages to users. */
  String subject(@Nullable ProxyAddress proxy) {
    List<ProxyAddress> all = egress.proxies();
    if (all.size() == 1) {
      return "the proxy";
    }
    return all.get(0).equals(proxy) ? "the first proxy" : "the second proxy";
  }

  /** Returns the proxies, those that failed recently last. */
  synchronized List<ProxyAddress> inOrder() {
    long now = nanos.getAsLong();
    List<ProxyAddress> all = new ArrayList<>(egress.proxies());
    all.sort((one, other) -> Boolean.compare(isDown(one, now), isDown(other, now)));
    return all;
  }

  private boolean isDown(ProxyAddress proxy, long now) {
    Long since = downSince.get(proxy);
    return since != null && now - since < DOWN_NANOS;
  }

  /** Records that a connection was opened, through this proxy if there is one. */
  synchronized void opened(@Nullable ProxyAddress proxy) {
    downSince.remove(proxy);
    if (!isWorking) {
      isWorking = true;
      LOG.log(System.Logger.Level.INFO, "egress recovered name=" + egress.name());
    }
  }

  /** Records that a proxy failed, or that the local address is missing. */
  synchronized void failed(@Nullable ProxyAddress proxy, String reason) {
    failures++;
    note(proxy, reason);
    if (proxy != null) {
      downSince.put(proxy, nanos.getAsLong());
    }
  }

  /** Records that a proxy did not open a tunnel to one receiver. */
  synchronized void refused(ProxyAddress proxy, String reason) {
    refusals++;
    note(proxy, reason);
  }

  /**
   * Records that a proxy did not respond in time, which may be its fault or that of one receiver.
   */
  synchronized void silent(ProxyAddress proxy, String reason) {
    refused(proxy, reason);
    downSince.put(proxy, nanos.getAsLong());
  }

  private void note(@Nullable ProxyAddress proxy, String reason) {
    lastFailure = proxy == null ? reason : proxy + " " + reason;
    failedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Records that all proxies failed for a connection, or that the local address is missing. */
  synchronized void gaveUp() {
    if (isWorking) {
      isWorking = false;
      LOG.log(
          System.Logger.Level.WARNING,
          "egress failing name=" + egress.name() + " reason=\"" + lastFailure + "\"");
    }
  }

  /** Returns the current state. */
  synchronized EgressState state() {
    return new EgressState(
        egress.name(), egress.via(), isWorking, failures, refusals, lastFailure, failedAt);
  }
}
