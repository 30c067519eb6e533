package dev.hookferry.app.bench.figures;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.BitSet;

/**
 * The promise, counted: all that was acknowledged arrived, once, and is in the log.
 *
 * @param acknowledged deliveries that acknowledged events must make
 * @param delivered those of them that arrived
 * @param logged deliveries that the log knows; may be more where an answer was lost on its way
 * @param lost acknowledged, and never arrived
 * @param duplicates arrived more than once, or where or when they should not
 * @param unasked arrived although their publish got no good answer, as may happen when it fails
 */
public record PromiseTally(
    long acknowledged, long delivered, long logged, long lost, long duplicates, long unasked) {
  public static final PromiseTally NOTHING = new PromiseTally(0, 0, 0, 0, 0, 0);

  /**
   * Compares.
   *
   * @param expected which deliveries acknowledged events make
   * @param arrived which arrived
   * @param logged how many the log has
   * @param tooOften how many arrived again, or are none of this run
   */
  public static PromiseTally of(BitSet expected, BitSet arrived, long logged, long tooOften) {
    BitSet both = (BitSet) expected.clone();
    both.and(arrived);
    long delivered = both.cardinality();
    long unasked = arrived.cardinality() - delivered;
    long acknowledged = expected.cardinality();
    return new PromiseTally(
        acknowledged, delivered, logged, acknowledged - delivered, tooOften, unasked);
  }

  public PromiseTally plus(PromiseTally other) {
    return new PromiseTally(
        acknowledged + other.acknowledged,
        delivered + other.delivered,
        logged + other.logged,
        lost + other.lost,
        duplicates + other.duplicates,
        unasked + other.unasked);
  }

  /** Whether the promise was kept. */
  public boolean isKept() {
    return lost == 0
        && duplicates == 0
        && acknowledged == delivered
        && logged == delivered + unasked
        && acknowledged > 0;
  }

  public void into(ObjectNode node) {
    node.put("acknowledged", acknowledged).put("delivered", delivered).put("logged", logged);
    node.put("lost", lost).put("duplicates", duplicates).put("verified", isKept());
  }

  @Override
  public String toString() {
    return (isKept() ? "verified: " : "NOT AS PROMISED: ")
        + acknowledged
        + " acknowledged, "
        + delivered
        + " delivered, "
        + logged
        + " logged, "
        + lost
        + " lost, "
        + duplicates
        + " duplicates"
        + (unasked == 0 ? "" : ", " + unasked + " delivered without an answer to the producer");
  }
}
