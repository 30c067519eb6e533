package dev.hookferry.engine.commit;

import dev.hookferry.engine.effect.Effects;
import dev.hookferry.observe.OwnFault;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreFullException;
import dev.hookferry.store.StoreStoppedException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Current failures of the store, by operation. */
public final class StoreFaults {
  private final Effects effects;
  private final Map<String, OwnFault> faults = new ConcurrentHashMap<>();
  private boolean stopped;

  /** Whether the listener was notified of an outage detected outside the engine. */
  private boolean isReportedElsewhere;

  /** Creates an empty record. */
  public StoreFaults(Effects effects) {
    this.effects = effects;
  }

  /** Records a failure, which lasts until the same operation succeeds. */
  public void failed(String what, RuntimeException cause, Instant now) {
    String reason = what + ": " + cause.getMessage();
    faults.compute(
        what,
        (key, before) -> {
          OwnFault fault = OwnFault.after(before, OwnFault.Kind.STORE, reason, now);
          return cause instanceof StoreFullException full
              ? fault.summarized(full.summary())
              : fault;
        });
    stopped |= cause instanceof StoreStoppedException;
    effects.notifyListener(listener -> listener.fault(what, cause));
  }

  /**
   * Records that a failure outside the engine, such as in maintenance, was reported. If it was an
   * outage, the next successful commit or claim ends it.
   */
  public void reportedElsewhere(Throwable cause) {
    if (cause instanceof StoreException failure && failure.isOutage()) {
      isReportedElsewhere = true;
    }
  }

  /** Records that an operation succeeded; notifies the listener once none is failing. */
  public void succeeded(String what) {
    if (faults.isEmpty() && !isReportedElsewhere) {
      return;
    }
    boolean hasEnded = faults.remove(what) != null || isReportedElsewhere;
    if (hasEnded && faults.isEmpty()) {
      isReportedElsewhere = false;
      effects.notifyListener(listener -> listener.storeRecovered());
    }
  }

  /** Returns whether the store has stopped permanently, so that only a restart helps. */
  public boolean isStopped() {
    return stopped;
  }

  /** Returns the current failures; any thread may read them. */
  public Map<String, OwnFault> current() {
    return Collections.unmodifiableMap(faults);
  }
}
