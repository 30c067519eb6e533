package dev.hookferry.app.bench.figures;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Histograms of microseconds, from 1 µs to 10 minutes, with a precision of 0.1%. */
public final class LatencyHistograms {
  private static final long MAX_MICROS = 600_000_000L;
  private static final int DIGITS = 3;

  private LatencyHistograms() {}

  public static Histogram empty() {
    return new Histogram(MAX_MICROS, DIGITS);
  }

  /** Records a value, limited to 0 to 10 minutes; clock adjustments can cause negative ones. */
  public static void record(Histogram histogram, long micros) {
    histogram.recordValue(Math.max(0, Math.min(micros, MAX_MICROS)));
  }

  public static byte[] bytes(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Arrays.copyOf(buffer.array(), length);
  }

  public static Histogram of(byte[] bytes) {
    try {
      return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("no histogram", e);
    }
  }

  /** Returns a percentile in milliseconds; 0 if nothing was recorded. */
  public static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1000.0;
  }
}
