package dev.hookferry.file.disk;

import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreStoppedException;
import dev.hookferry.store.UnknownOutcomeException;
import org.jspecify.annotations.Nullable;

/**
 * Fail-stop state of the store. After one disk failure the store stays unusable, because memory and
 * disk may disagree until it is reopened. Thread-safe.
 */
public final class FailStop {
  private final Disk disk;
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;

  public FailStop(Disk disk) {
    this.disk = disk;
  }

  /**
   * Checks that the store may be used.
   *
   * @throws StoreException if the disk has failed or the store is closed
   */
  public void check() {
    Throwable cause = failure;
    if (cause != null) {
      throw new StoreStoppedException(
          "the store in "
              + disk
              + " has stopped because the disk failed ("
              + cause.getMessage()
              + "); check the disk, then restart: acknowledged data is kept",
          cause);
    }
    if (closed) {
      throw new StoreException("the store in " + disk + " is closed");
    }
  }

  /**
   * Stops the store permanently and returns the exception to throw.
   *
   * @param what the operation that failed, for the message
   */
  public UnknownOutcomeException fail(String what, Throwable cause) {
    failure = cause;
    return new UnknownOutcomeException(
        what + " in " + disk + " failed, so the store has stopped: " + cause.getMessage(), cause);
  }

  /** Returns whether the store may be used. */
  public boolean isUsable() {
    return failure == null && !closed;
  }

  /** Returns whether the disk has failed. */
  public boolean hasFailed() {
    return failure != null;
  }

  /** Closes the store permanently. */
  public void close() {
    closed = true;
  }
}
