package dev.hookferry.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Threads of a node: real ones, or virtual time on the thread of a test. */
public interface NodeThreads {
  /** Job name of the timer that keeps a node alive as an owner. */
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
   * Called after a caller has posted a request to the engine and before it may wait for the reply.
   * In virtual time, runs everything that is due now, unless that is already in progress.
   */
  void settle();

  /** The work of an engine's thread. */
  interface EngineLoop {
    /** Takes turns until the thread is interrupted, then ends. */
    void run();

    /**
     * Processes all messages in the mailbox and starts the work that has become possible.
     *
     * @return when the next turn is due if no message arrives before; null if only a message can
     *     trigger it
     */
    @Nullable Instant turn();

    /** Refuses the remaining messages; no turns are taken afterwards. */
    void end();
  }

  /** The thread that takes an engine's turns. */
  interface EngineThread {
    /** Begins to take turns. */
    void start();

    /** Called after each message that is posted. */
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
