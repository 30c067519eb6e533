package dev.hookferry.app.bench.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.LatencyHistograms;
import dev.hookferry.app.bench.wire.HttpFrame;
import dev.hookferry.app.bench.wire.ProducerConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.HdrHistogram.Histogram;

/** Records the server's replies to the producers in one run. Not thread-safe. */
final class PublishResponses {
  private static final byte[] RETRY_AFTER = "retry-after:".getBytes(StandardCharsets.US_ASCII);
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int ACCEPTED = 202;
  private static final int BUSY = 503;
  private static final int MAX_TEXT = 400;

  private final int batch;
  private final BitSet accepted = new BitSet();
  private final Histogram acceptedIn = LatencyHistograms.empty();
  private final Histogram refusedIn = LatencyHistograms.empty();
  private long firstMicros;
  private long lastMicros;
  private int refused;
  private int refusedWithoutTime;
  private int failed;
  private String failure = "";

  PublishResponses(int batch) {
    this.batch = batch;
  }

  /** Starts a run. */
  void begin(long nowMicros) {
    firstMicros = nowMicros;
    lastMicros = nowMicros;
  }

  /** Records a reply; returns false if it asks to retry later. */
  boolean add(ProducerConnection client, int head, long nowMicros) {
    ByteBuffer bytes = client.inbound().bytes();
    int status = status(bytes);
    lastMicros = nowMicros;
    if (status == ACCEPTED) {
      accepted.set(client.first(), client.first() + batch);
      LatencyHistograms.record(acceptedIn, nowMicros - client.plannedMicros());
      return true;
    }
    if (status == BUSY) {
      refused += batch;
      refusedWithoutTime += HttpFrame.value(bytes, 0, head, RETRY_AFTER) < 0 ? batch : 0;
      LatencyHistograms.record(refusedIn, nowMicros - client.plannedMicros());
      return false;
    }
    failed(text(bytes));
    return true;
  }

  /** Records a request without a usable reply. */
  void failed(String why) {
    failed += batch;
    failure = failure.isEmpty() ? why : failure;
  }

  /** Returns whether an error occurred that additional requests would only repeat. */
  boolean isHopeless() {
    return failed > 0 && accepted.isEmpty();
  }

  void writeTo(ObjectNode node) {
    node.put("firstMicros", firstMicros).put("lastMicros", lastMicros);
    node.put("accepted", accepted.toByteArray());
    node.put("refused", refused).put("refusedWithoutTime", refusedWithoutTime);
    node.put("failed", failed).put("why", failure);
    node.put("acceptedIn", LatencyHistograms.bytes(acceptedIn));
    node.put("refusedIn", LatencyHistograms.bytes(refusedIn));
  }

  private static int status(ByteBuffer bytes) {
    int status = 0;
    for (int i = STATUS_AT; i < STATUS_AT + 3; i++) {
      status = 10 * status + (bytes.get(i) - '0');
    }
    return status;
  }

  private static String text(ByteBuffer bytes) {
    byte[] start = new byte[Math.min(bytes.limit(), MAX_TEXT)];
    bytes.get(0, start);
    return new String(start, StandardCharsets.US_ASCII).replaceAll("\\s+", " ");
  }
}
