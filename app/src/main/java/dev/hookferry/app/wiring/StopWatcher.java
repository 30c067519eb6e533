package dev.hookferry.app.wiring;

import dev.hookferry.port.Listener;
import dev.hookferry.port.StoreStoppedException;
import java.util.concurrent.CompletableFuture;

/** Notices that the store has stopped for good, so that the process ends and is started anew. */
final class StopWatcher implements Listener {
  private final CompletableFuture<String> stopped = new CompletableFuture<>();

  @Override
  public void fault(String what, Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof StoreStoppedException) {
        stopped.complete(String.valueOf(t.getMessage()));
      }
    }
  }

  /** Completes with the reason, if ever. */
  CompletableFuture<String> stopped() {
    return stopped;
  }
}
