package dev.hookferry.http.client;

import dev.hookferry.delivery.OutcomeKind;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens a connection, directly or through a proxy, to one of a receiver's addresses, which the
 * policy has already allowed. TLS with the receiver follows.
 */
interface Dialer {
  /**
   * The receiver to connect to, and the resources needed to connect.
   *
   * @param addresses the receiver's addresses, in the order in which to try them
   */
  record Target(
      PoolKey route,
      List<InetAddress> addresses,
      ConnectionOpener.OpeningResources network,
      PhaseTimer watch) {}

  /** Called once with the result, unless the dialer is cut first. */
  interface DialListener {
    /**
     * Receives the open connection.
     *
     * @param tls performs the TLS handshake, which is the next step; null without TLS
     */
    void dialled(Connection connection, @Nullable SslHandler tls);

    void failed(OutcomeKind kind, String detail);

    /**
     * Runs a step and reports an exception as an internal failure. Otherwise the request would time
     * out, which would count as the receiver's failure.
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

  /** Stops, closing any connection without calling the listener. */
  void cut();

  /** Returns whether this dialer's network threads have died. */
  boolean isBroken();

  /** Returns the failure to report if the deadline passes now. */
  NetworkFailure.Failure late();
}
