package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/**
 * A file of the local file system. Java closes a channel for all its users when one of their
 * threads is interrupted; this class reopens it. Thread-safe.
 */
final class LocalFile implements DiskFile {
  private static final int SLICE = 1 << 20;

  private final Opener again;
  private volatile FileChannel channel;
  private boolean closed;

  LocalFile(FileChannel channel, Opener again) {
    this.channel = channel;
    this.again = again;
  }

  /** Opens the file again. */
  interface Opener {
    FileChannel open() throws IOException;
  }

  @Override
  public long size() throws IOException {
    return uninterrupted(FileChannel::size);
  }

  @Override
  public void read(ByteBuffer target, long position) throws IOException {
    int start = target.position();
    uninterrupted(
        file -> {
          target.position(start);
          int count = 0;
          while (target.hasRemaining() && count >= 0) {
            count = file.read(target, position + target.position() - start);
          }
          return 0L;
        });
  }

  @Override
  public void write(ByteBuffer from, long position) throws IOException {
    int start = from.position();
    int end = from.limit();
    once(
        file -> {
          // The JDK copies writes into native memory; slices keep the copy small.
          while (from.position() < end) {
            from.limit(Math.min(end, from.position() + SLICE));
            file.write(from, position + from.position() - start);
          }
          return 0L;
        });
  }

  @Override
  public void truncate(long size) throws IOException {
    once(
        file -> {
          // Not chained: truncate returns null if another thread's interrupt closes the channel.
          var unused = file.truncate(size);
          file.force(true);
          return 0L;
        });
  }

  @Override
  public void force() throws IOException {
    once(
        file -> {
          file.force(false);
          return 0L;
        });
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }

  /** Runs an idempotent action on the channel, repeating it until no interrupt disturbs it. */
  private long uninterrupted(Action action) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        FileChannel used = channel;
        try {
          return onOpen(used, action);
        } catch (ClosedByInterruptException e) {
          interrupted = true;
          Thread.interrupted();
          reopen(used, e);
        } catch (ClosedChannelException e) {
          reopen(used, e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Runs an action on the channel. If an interrupt of this or another thread closed the channel in
   * the meantime, the effect is unknown. Then reopens the channel and throws, so that the caller
   * repeats everything.
   */
  private long once(Action action) throws IOException {
    FileChannel used = channel;
    try {
      return onOpen(used, action);
    } catch (ClosedChannelException e) {
      boolean interrupted = Thread.interrupted();
      try {
        reopen(used, e);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
      throw e instanceof ClosedByInterruptException ? e : new ClosedByInterruptException();
    }
  }

  /**
   * Runs an action on a channel that must still be open afterwards. If it is closed just as they
   * start, the JDK's channel methods do nothing and return normally: a force without effect, or a
   * read that appears to be at the end of the file.
   */
  private static long onOpen(FileChannel channel, Action action) throws IOException {
    long result = action.on(channel);
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
    return result;
  }

  private synchronized void reopen(FileChannel used, ClosedChannelException why)
      throws IOException {
    if (closed) {
      throw why;
    }
    if (channel == used) {
      channel = again.open();
    }
  }

  private interface Action {
    long on(FileChannel file) throws IOException;
  }
}
