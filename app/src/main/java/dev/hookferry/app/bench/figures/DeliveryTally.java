package dev.hookferry.app.bench.figures;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.BitSet;

/**
 * Verification of at-least-once delivery: all acknowledged deliveries arrived once and are in the
 * log. Also verifies the order if endpoints keep it.
 *
 * @param acknowledged deliveries expected from acknowledged events
 * @param delivered deliveries that arrived
 * @param logged deliveries in the log, including those whose publish request got no success
 *     response
 * @param lost acknowledged but never arrived
 * @param duplicates arrived more than once, or at the wrong endpoint or run
 * @param unasked arrived although their publish request got no success response
 * @param outOfOrder arrived after a later event with the same ordering key, at an endpoint that
 *     keeps the order
 */
public record DeliveryTally(
    long acknowledged,
    long delivered,
    long logged,
    long lost,
    long duplicates,
    long unasked,
    long outOfOrder) {
  public static final DeliveryTally NOTHING = new DeliveryTally(0, 0, 0, 0, 0, 0, 0);

  /**
   * Compares expected and received deliveries.
   *
   * @param expected the deliveries expected from acknowledged events
   * @param arrived the deliveries that arrived
   * @param logged the number of deliveries in the log
   * @param tooOften the number of duplicates and of arrivals from other runs
   */
  public static DeliveryTally of(BitSet expected, BitSet arrived, long logged, long tooOften) {
    BitSet both = (BitSet) expected.clone();
    both.and(arrived);
    long delivered = both.cardinality();
    long unasked = arrived.cardinality() - delivered;
    long acknowledged = expected.cardinality();
    return new DeliveryTally(
        acknowledged, delivered, logged, acknowledged - delivered, tooOften, unasked, 0);
  }

  /** Returns a copy with this number of arrivals out of order. */
  public DeliveryTally outOfOrder(long count) {
    return new DeliveryTally(acknowledged, delivered, logged, lost, duplicates, unasked, count);
  }

  public DeliveryTally plus(DeliveryTally other) {
    return new DeliveryTally(
        acknowledged + other.acknowledged,
        delivered + other.delivered,
        logged + other.logged,
        lost + other.lost,
        duplicates + other.duplicates,
        unasked + other.unasked,
        outOfOrder + other.outOfOrder);
  }

  /** Returns whether deliveries arrived and none was lost, duplicated, disordered or unlogged. */
  public boolean isKept() {
    return lost == 0
        && duplicates == 0
        && outOfOrder == 0
        && acknowledged == delivered
        && logged == delivered + unasked
        && acknowledged > 0;
  }

  public void writeTo(ObjectNode node) {
    node.put("acknowledged", acknowledged).put("delivered", delivered).put("logged", logged);
    node.put("lost", lost).put("duplicates", duplicates).put("outOfOrder", outOfOrder);
    node.put("verified", isKept());
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
        + (outOfOrder == 0 ? "" : ", " + outOfOrder + " out of order")
        + (unasked == 0 ? "" : ", " + unasked + " delivered without a reply to the producer");
  }
}
