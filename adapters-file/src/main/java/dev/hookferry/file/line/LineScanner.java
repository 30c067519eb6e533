package dev.hookferry.file.line;

import dev.hookferry.file.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads a file line by line. Not thread-safe. */
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

  /** Creates a scanner that starts at the beginning of a file. */
  public LineScanner(DiskFile file) throws IOException {
    this.file = file;
    this.size = file.size();
  }

  /** Moves to the next line, even an incomplete one; returns false at the end of the file. */
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

  /** Moves the current partial line to the start of the window and fills the rest. */
  private void fill() throws IOException {
    int carried = filled - start;
    byte[] target = window;
    // Callers usually read either only the first line or all lines.
    if (filled > 0 && window.length < LARGE) {
      target = new byte[LARGE];
    } else if (carried == window.length) {
      target = new byte[Math.multiplyExact(window.length, 2)];
    }
    System.arraycopy(window, start, target, 0, carried);
    window = target;
    windowOffset += start;
    int more = (int) Math.min(window.length - carried, size - windowOffset - carried);
    ByteBuffer buffer = ByteBuffer.wrap(window, carried, more);
    file.read(buffer, windowOffset + carried);
    if (buffer.hasRemaining()) {
      throw new IOException("the file was truncated while it was read");
    }
    filled = carried + more;
    start = 0;
    next = 0;
  }

  /** Returns the buffer that contains the line. */
  public byte[] bytes() {
    return window;
  }

  /** Returns the start of the line in {@link #bytes}. */
  public int start() {
    return start;
  }

  /** Returns the end of the line in {@link #bytes}, excluding the line break. */
  public int end() {
    return end;
  }

  /** Returns the JSON of an intact line. */
  public String json() {
    int from = start + LineFormat.PREFIX;
    return new String(window, from, end - from, StandardCharsets.UTF_8);
  }

  boolean isEmpty() {
    return start == end;
  }

  /** Returns whether the line is complete and its checksums match. */
  public boolean isIntact() {
    return terminated && LineFormat.isIntact(window, start, end);
  }

  /** Returns the start of the line in the file. */
  public long offset() {
    return windowOffset + start;
  }

  /** Returns the number of the line, from 1. */
  public long number() {
    return number;
  }
}
