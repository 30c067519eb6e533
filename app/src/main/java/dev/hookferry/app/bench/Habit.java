package dev.hookferry.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How the receivers behave.
 *
 * @param hanging how many of them, counted from the first, never answer
 * @param refusing whether all answer 503
 * @param losing the number of an event that is answered and not noted, as if it never came; -1 for
 *     none. With the next, it shows that a bench can fail
 * @param doubling the number of an event that is noted twice; -1 for none
 */
record Habit(int hanging, boolean refusing, int losing, int doubling) {
  static final Habit GOOD = new Habit(0, false, -1, -1);
  static final Habit REFUSING = new Habit(0, true, -1, -1);

  static Habit of(JsonNode node) {
    return new Habit(
        node.path("hanging").asInt(),
        node.path("refusing").asBoolean(),
        node.path("losing").asInt(-1),
        node.path("doubling").asInt(-1));
  }

  void into(ObjectNode node) {
    node.put("hanging", hanging).put("refusing", refusing);
    node.put("losing", losing).put("doubling", doubling);
  }

  boolean hangs(int endpoint) {
    return endpoint < hanging;
  }

  /** How often an arrival is noted. */
  int times(int event) {
    if (event == losing) {
      return 0;
    }
    return event == doubling ? 2 : 1;
  }
}
