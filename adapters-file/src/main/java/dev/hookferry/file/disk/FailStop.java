package dev.hookferry.file.disk;

import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreStoppedException;
import dev.hookferry.store.UnknownOutcomeException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the store may still be used. A disk that has failed once is not trusted again: what
 * memory and disk agree on is known only after the store was opened anew.
 */
public final class FailStop {
  private final Disk disk;
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;

  public FailStop(Disk disk) {
    this.disk = disk;
  }

  /** Throws unless the store may be used. */
  public void check() {
    Throwable cause = failure;
    if (cause != null) {
      throw new StoreStoppedException(
          "the store in "
              + disk
              + " has stopped, because the disk failed ("
              + cause.getMessage()
              + "); look at the disk, then start again: what was acknowledged is kept",
          cause);
    }
    if (closed) {
      throw new StoreException("the store in " + disk + " is closed");
    }
  }

  /** Ends the use of the store for good; gives what to throw. */
  public UnknownOutcomeException fail(String what, Throwable cause) {
    failure = cause;
    return new UnknownOutcomeException(
        what + " in " + disk + " failed, so the store has stopped: " + cause.getMessage(), cause);
  }

  /** Whether the store may be used. */
  public boolean isUsable() {
    return failure == null && !closed;
  }

  /** Whether the disk has failed. */
  public boolean hasFailed() {
    return failure != null;
  }

  /** Ends the use of the store. */
  public void close() {
    closed = true;
  }
}
