package dev.hookferry.http.client;

import dev.hookferry.delivery.OutcomeKind;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens a connection to one of a receiver's addresses, which were judged before: directly, or
 * through a proxy. TLS with the receiver comes after it.
 */
interface Dialer {
  /**
   * The receiver to connect to, and the parts for that.
   *
   * @param addresses in the order to try them
   */
  record Target(
      PoolKey route,
      List<InetAddress> addresses,
      ConnectionOpener.OpeningResources network,
      PhaseTimer watch) {}

  /** Called once with the result, unless the dialer was cut. */
  interface DialListener {
    /**
     * The connection is open.
     *
     * @param tls performs the TLS handshake that comes next; null without TLS
     */
    void dialled(Connection connection, @Nullable SslHandler tls);

    void failed(OutcomeKind kind, String detail);

    /**
     * Runs a step and reports an exception as an internal failure; left to the deadline, it would
     * count as a failure of the receiver.
     */
    default void guarded(Runnable step) {
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        failed(
            OutcomeKind.ofFailure(e),
            "internal error while connecting: " + NetworkFailure.message(e));
      }
    }
  }

  void start();

  /** Closes the open connection without calling the listener. */
  void cut();

  /** Returns whether network threads of this node have died since. */
  boolean isBroken();

  /** Returns the failure if the deadline passes now. */
  NetworkFailure.Failure late();
}
