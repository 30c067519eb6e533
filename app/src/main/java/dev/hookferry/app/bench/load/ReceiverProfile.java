package dev.hookferry.app.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How the receivers behave.
 *
 * @param hanging how many of them, counted from the first, never answer
 * @param refusing from which one on they answer 503
 * @param losing the number of an event that is answered and not noted, as if it never came; -1 for
 *     none. With the next, it shows that a bench can fail
 * @param doubling the number of an event that is noted twice; -1 for none
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

  public void into(ObjectNode node) {
    node.put("hanging", hanging).put("refusing", refusing);
    node.put("losing", losing).put("doubling", doubling);
  }

  public boolean hangs(int endpoint) {
    return endpoint < hanging;
  }

  boolean refuses(int endpoint) {
    return endpoint >= refusing;
  }

  /** The same with so many that never answer. */
  public ReceiverProfile hanging(int count) {
    return new ReceiverProfile(count, refusing, losing, doubling);
  }

  /** The same with 503 from those that were opened after so many. */
  ReceiverProfile refusingAfter(int count) {
    return new ReceiverProfile(hanging, count, losing, doubling);
  }

  /** How often an arrival is noted. */
  int times(int event) {
    if (event == losing) {
      return 0;
    }
    return event == doubling ? 2 : 1;
  }
}
