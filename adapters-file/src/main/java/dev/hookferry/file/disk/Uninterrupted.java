package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Runs work that must not be left half done on threads that may be interrupted. The interrupt
 * status is restored afterwards.
 */
public final class Uninterrupted {
  private Uninterrupted() {}

  /** Runs idempotent steps, repeating all of them until no interrupt disturbs them. */
  public static void run(RepeatableWork steps) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          steps.run();
          return;
        } catch (ClosedByInterruptException e) {
          // The effect of an interrupted write or force is unknown, so repeat everything.
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Work that can be repeated as a whole. */
  public interface RepeatableWork {
    void run() throws IOException;
  }
}
