package dev.hookferry.file.line;

import dev.hookferry.file.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the lines of a file one after the other. Not thread-safe. */
public final class LineScanner {
  private static final int SMALL = 1 << 12;
  private static final int LARGE = 1 << 20;

  private final DiskFile file;
  private final long size;
  private byte[] window = new byte[SMALL];
  private long windowOffset;
  private int filled;
  private int start;
  private int end;
  private int next;
  private long number;
  private boolean terminated;

  /** Begins at the beginning of a file. */
  public LineScanner(DiskFile file) throws IOException {
    this.file = file;
    this.size = file.size();
  }

  /** Goes to the next line, also if the file ends within it; false if there is none. */
  public boolean next() throws IOException {
    start = next;
    int at = start;
    while (true) {
      while (at < filled && window[at] != '\n') {
        at++;
      }
      if (at < filled) {
        return line(at, true);
      }
      if (windowOffset + filled == size) {
        return at > start && line(at, false);
      }
      at -= start;
      fill();
      at += start;
    }
  }

  private boolean line(int at, boolean whole) {
    end = at;
    next = whole ? at + 1 : at;
    terminated = whole;
    number++;
    return true;
  }

  /** Moves the line that has begun to the beginning of the window, and reads on behind it. */
  private void fill() throws IOException {
    int begun = filled - start;
    byte[] target = window;
    // Often only the first line is read; who reads on reads all.
    if (filled > 0 && window.length < LARGE) {
      target = new byte[LARGE];
    } else if (begun == window.length) {
      target = new byte[Math.multiplyExact(window.length, 2)];
    }
    System.arraycopy(window, start, target, 0, begun);
    window = target;
    windowOffset += start;
    int more = (int) Math.min(window.length - begun, size - windowOffset - begun);
    ByteBuffer buffer = ByteBuffer.wrap(window, begun, more);
    file.read(buffer, windowOffset + begun);
    if (buffer.hasRemaining()) {
      throw new IOException("the file became shorter while it was read");
    }
    filled = begun + more;
    start = 0;
    next = 0;
  }

  /** Holds the line. */
  public byte[] bytes() {
    return window;
  }

  /** Where the line begins in {@link #bytes}. */
  public int start() {
    return start;
  }

  /** Where the line ends, without the line break. */
  public int end() {
    return end;
  }

  /** The JSON of an intact line. */
  public String json() {
    int from = start + LineFormat.PREFIX;
    return new String(window, from, end - from, StandardCharsets.UTF_8);
  }

  boolean isEmpty() {
    return start == end;
  }

  /** Whether it is a line as it was written, with its line break. */
  public boolean isIntact() {
    return terminated && LineFormat.isIntact(window, start, end);
  }

  /** Where the line begins in the file. */
  public long offset() {
    return windowOffset + start;
  }

  /** Which line it is, from 1. */
  public long number() {
    return number;
  }
}
