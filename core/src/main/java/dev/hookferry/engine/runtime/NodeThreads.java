package dev.hookferry.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Runs a node's work: on threads of its own, or in virtual time on the thread of a test. */
public interface NodeThreads {
  /** The job of the timer that keeps a node alive as an owner. */
  String HEARTBEAT = "heartbeat";

  /**
   * Creates an executor.
   *
   * @param job part of the names of its threads
   * @param size maximum number of tasks at once; with one, tasks run in order
   */
  ExecutorService pool(String job, int size);

  /** Creates an executor for delayed and periodic tasks, one at a time. */
  ScheduledExecutorService timer(String job);

  /** Creates the thread of an engine, without starting it. */
  EngineThread engine(EngineLoop loop);

  /**
   * Called after a request was posted to the engine, by a caller who may wait for the reply. In
   * virtual time everything that is due happens now, unless it is happening already.
   */
  void settle();

  /** The work of an engine's thread. */
  interface EngineLoop {
    /** Takes turns until the thread is interrupted, and ends. */
    void run();

    /**
     * Takes one turn, after which no message is left.
     *
     * @return when the next turn is due if no message arrives before; null if only a message will
     *     make a difference
     */
    @Nullable Instant turn();

    /** Refuses the remaining messages; no turns are taken afterwards. */
    void end();
  }

  /** The thread that takes an engine's turns. */
  interface EngineThread {
    /** Begins to take turns. */
    void start();

    /** Called when a message was posted. */
    void posted();

    /** Returns whether it was started and has not ended. */
    boolean isAlive();

    /**
     * Waits while turns are taken.
     *
     * @return whether the latch was opened in time
     */
    boolean await(CountDownLatch latch, Duration atMost) throws InterruptedException;

    /** Ends the loop, and waits a few seconds for it. */
    void end();
  }
}
