package dev.hookferry.internal;

import dev.hookferry.engine.runtime.NodeThreads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Simulated clock that stands still until it is advanced, with an agenda of tasks: they run one at
 * a time, on the thread that advances the clock. Runs are deterministic. Thread-safe.
 *
 * <p>Periodic tasks are suspended while nothing else happens, since they would find nothing to do:
 * years pass in an instant. They run again after the next task, and at the end of an advance.
 */
public final class VirtualTime implements InstantSource, NodeThreads {
  private final ReentrantLock running = new ReentrantLock();
  private final PriorityQueue<VirtualTask> agenda = new PriorityQueue<>();
  private final List<VirtualTask> resting = new ArrayList<>();
  private volatile Instant now;
  private long number;

  /** The number of tasks added that are neither periodic nor part of a heartbeat. */
  private long activity;

  /** Whether the running task is part of a heartbeat. */
  private boolean isHeartbeat;

  /** Whether the running task may block on calls to the engine. */
  private boolean mayWait;

  /** Creates a clock set to this time. */
  public VirtualTime(Instant start) {
    now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Schedules an action; with a zero delay, it is due at the current time. */
  public void after(Duration delay, Runnable action) {
    add(new VirtualTask(now.plus(delay), null, action, false, () -> false));
  }

  /**
   * Runs everything that is due until a time, and advances the clock to that time.
   *
   * @param isEnough checked before each task; once it is true, the clock stops there
   * @return whether {@code isEnough} stopped the run
   */
  public boolean runUntil(Instant end, BooleanSupplier isEnough) {
    running.lock();
    try {
      if (runTasks(end, isEnough)) {
        return true;
      }
      now = end.isAfter(now) ? end : now;
      resumeSuspended(true);
      return runTasks(end, isEnough) || isEnough.getAsBoolean();
    } finally {
      running.unlock();
    }
  }

  @Override
  public void settle() {
    running.lock();
    try {
      if (running.getHoldCount() == 1 || mayWait) {
        boolean unused = runTasks(now, () -> false);
      }
    } finally {
      running.unlock();
    }
  }

  @Override
  public ExecutorService pool(String job, int size) {
    return new VirtualExecutor(this, false, false);
  }

  /** Returns a timer whose tasks may block on requests to the engine, as replays do. */
  @Override
  public ScheduledExecutorService timer(String job) {
    return new VirtualExecutor(this, true, job.equals(NodeThreads.HEARTBEAT));
  }

  @Override
  public EngineThread engine(EngineLoop loop) {
    return new VirtualEngineThread(this, loop);
  }

  synchronized void add(VirtualTask task) {
    task.number = number++;
    boolean counts = !task.isPeriodic() && !task.isHeartbeat && !isHeartbeat;
    task.isHeartbeat |= isHeartbeat && !task.at.isAfter(now);
    agenda.add(task);
    if (counts) {
      activity++;
      resumeSuspended(false);
    }
  }

  private boolean runTasks(Instant end, BooleanSupplier isEnough) {
    while (!isEnough.getAsBoolean()) {
      VirtualTask task = take(end);
      if (task == null) {
        return false;
      }
      run(task);
    }
    return true;
  }

  private void run(VirtualTask task) {
    boolean before = mayWait;
    boolean outer = isHeartbeat;
    mayWait = task.mayWait;
    isHeartbeat = task.isHeartbeat;
    try {
      task.action.run();
    } finally {
      mayWait = before;
      isHeartbeat = outer;
      if (task.isPeriodic() && !task.isCancelled()) {
        task.repeatAfter(now);
        add(task);
      }
    }
  }

  /** Removes the next task due by this time and sets the clock to it; null if there is none. */
  private synchronized @Nullable VirtualTask take(Instant end) {
    while (!agenda.isEmpty() && !agenda.element().at.isAfter(end)) {
      VirtualTask task = agenda.remove();
      if (task.isCancelled()) {
        continue;
      }
      if (task.isPeriodic() && task.seen == activity) {
        resting.add(task);
        continue;
      }
      task.seen = activity;
      now = task.at.isAfter(now) ? task.at : now;
      return task;
    }
    return null;
  }

  /**
   * Returns suspended tasks to the agenda.
   *
   * @param atOnce whether overdue tasks run now, even if nothing has happened since
   */
  private synchronized void resumeSuspended(boolean atOnce) {
    for (VirtualTask task : resting) {
      if (atOnce) {
        task.seen = -1;
      } else {
        task.repeatAfter(now);
      }
      agenda.add(task);
    }
    resting.clear();
  }
}
