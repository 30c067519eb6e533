package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Does what must not be left half done on a thread that may be interrupted. The interrupt is kept
 * for afterwards.
 */
public final class Uninterrupted {
  private Uninterrupted() {}

  /** Does steps that can be repeated as a whole, until an interrupt did not disturb them. */
  public static void run(Steps steps) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          steps.run();
          return;
        } catch (ClosedByInterruptException e) {
          // What an interrupted write or force has done is unknown, so all is done again.
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What is to be done. */
  public interface Steps {
    void run() throws IOException;
  }
}
