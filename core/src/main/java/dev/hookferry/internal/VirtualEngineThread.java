package dev.hookferry.internal;

import dev.hookferry.engine.runtime.NodeThreads.EngineLoop;
import dev.hookferry.engine.runtime.NodeThreads.EngineThread;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Engine thread in virtual time: runs a turn when a message arrives, and when the engine asked to
 * wake.
 */
final class VirtualEngineThread implements EngineThread {
  private static final Duration MIN_TIME = Duration.ofMillis(1);

  private final VirtualTime time;
  private final EngineLoop loop;
  private @Nullable VirtualTask next;
  private boolean alive;

  VirtualEngineThread(VirtualTime time, EngineLoop loop) {
    this.time = time;
    this.loop = loop;
  }

  @Override
  public synchronized void start() {
    alive = true;
    turnAt(time.instant());
  }

  @Override
  public synchronized void posted() {
    if (alive) {
      turnAt(time.instant());
    }
  }

  private synchronized void turnAt(Instant when) {
    VirtualTask planned = next;
    if (planned != null && !planned.at.isAfter(when)) {
      return;
    }
    if (planned != null) {
      boolean unused = planned.cancel(false);
    }
    VirtualTask task = new VirtualTask(when, null, this::turn, false, () -> false);
    next = task;
    time.add(task);
  }

  private void turn() {
    synchronized (this) {
      next = null;
      if (!alive) {
        return;
      }
    }
    Instant wake = loop.turn();
    if (wake != null) {
      Instant soonest = time.instant().plus(MIN_TIME);
      turnAt(wake.isBefore(soonest) ? soonest : wake);
    }
  }

  @Override
  public synchronized boolean isAlive() {
    return alive;
  }

  @Override
  public boolean await(CountDownLatch latch, Duration atMost) {
    return time.runUntil(time.instant().plus(atMost), () -> latch.getCount() == 0);
  }

  @Override
  public void end() {
    synchronized (this) {
      if (!alive) {
        return;
      }
      alive = false;
    }
    loop.end();
  }
}
