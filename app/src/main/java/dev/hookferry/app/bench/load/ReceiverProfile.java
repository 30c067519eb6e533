package dev.hookferry.app.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The behaviour of the receivers.
 *
 * @param hanging the number of receivers, counted from the first, that never respond
 * @param refusing the index from which receivers respond with 503
 * @param losing the number of an event that is acknowledged but not recorded, as if lost; -1 for
 *     none. Like {@code doubling}, it tests that the bench detects errors
 * @param doubling the number of an event that is recorded twice; -1 for none
 */
public record ReceiverProfile(int hanging, int refusing, int losing, int doubling) {
  public static final ReceiverProfile GOOD = new ReceiverProfile(0, Integer.MAX_VALUE, -1, -1);

  public static ReceiverProfile of(JsonNode node) {
    return new ReceiverProfile(
        node.path("hanging").asInt(),
        node.path("refusing").asInt(Integer.MAX_VALUE),
        node.path("losing").asInt(-1),
        node.path("doubling").asInt(-1));
  }

  public void writeTo(ObjectNode node) {
    node.put("hanging", hanging).put("refusing", refusing);
    node.put("losing", losing).put("doubling", doubling);
  }

  public boolean hangs(int endpoint) {
    return endpoint < hanging;
  }

  boolean refuses(int endpoint) {
    return endpoint >= refusing;
  }

  /** Returns a copy with this number of receivers that never respond. */
  public ReceiverProfile hanging(int count) {
    return new ReceiverProfile(count, refusing, losing, doubling);
  }

  /** Returns a copy in which receivers from this index on respond with 503. */
  ReceiverProfile refusingAfter(int count) {
    return new ReceiverProfile(hanging, count, losing, doubling);
  }

  /** Returns how many times an arrival is recorded. */
  int times(int event) {
    if (event == losing) {
      return 0;
    }
    return event == doubling ? 2 : 1;
  }
}
