package dev.hookferry.app.cli.io;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that records its first write failure, which a {@link java.io.PrintWriter} on top
 * of it would swallow. Not thread-safe.
 */
public final class StandardOutput extends OutputStream {
  private final OutputStream target;
  private @Nullable IOException failure;

  /** Creates an output that writes to the target. */
  public StandardOutput(OutputStream target) {
    this.target = target;
  }

  /** Returns the output of this process. */
  public static StandardOutput ofProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out));
  }

  /**
   * Returns the first write failure; empty if there was none, or if it is a pipe closed by its
   * reader, as {@code head} does.
   */
  public Optional<IOException> failure() {
    return Optional.ofNullable(failure).filter(e -> !isClosedPipe(e));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  private static boolean isClosedPipe(IOException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
  }
}
