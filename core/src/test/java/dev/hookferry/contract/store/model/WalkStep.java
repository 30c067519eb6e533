package dev.hookferry.contract.store.model;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A step of a random walk. The numbers choose among what there is when the step is taken, so that a
 * walk still makes sense when steps before it are left out.
 */
public sealed interface WalkStep {
  /** A commit by an owner. */
  record Commit(int owner, List<Part> parts) implements WalkStep {}

  /** A claim by an owner, for one endpoint up to a limit. */
  record ClaimSome(int owner, int endpoint, int limit, int dueIn) implements WalkStep {}

  /** A claim by an owner, for all endpoints without a limit. */
  record ClaimAll(int owner, int dueIn) implements WalkStep {}

  /** The end of an owner, and a new one in its place. */
  record Replace(int owner) implements WalkStep {}

  /** The end of the store's use, and another opening. */
  record Reopen() implements WalkStep {}

  /** The end of memory. */
  record Purge(int ago) implements WalkStep {}

  /** One entry of a commit. */
  sealed interface Part {}

  /** Events that are published together. */
  record Publish(int site, List<NewEvent> events) implements Part {}

  /** An event; name 0 is none, others are an id, a key or both. */
  record NewEvent(int name, int content, int endpoints, boolean owned) {}

  /** The outcome of a delivery. */
  record Finish(int delivery, int fate) implements Part {}

  /** A delivery given back. */
  record GiveBack(int delivery) implements Part {}

  /** A command about a delivery. */
  record Ask(int delivery, What what, boolean otherSite) implements Part {}

  /** Kind of command. */
  enum What {
    RETRY,
    CANCEL,
    SKIP
  }

  /** New deliveries of an event. */
  record Readdress(int event, int endpoints) implements Part {}

  /** A command about an endpoint. */
  record Abandon(int site, int endpoint) implements Part {}

  /** Any step, those that matter most most often. */
  static WalkStep any(Random random) {
    int choice = random.nextInt(19);
    if (choice < 10) {
      return new Commit(random.nextInt(3), some(4, random, WalkStep::part));
    }
    if (choice < 14) {
      return new ClaimSome(
          random.nextInt(3), random.nextInt(3), 1 + random.nextInt(4), random.nextInt(400));
    }
    return switch (choice) {
      case 14, 15 -> new ClaimAll(random.nextInt(3), random.nextInt(400));
      case 16 -> new Replace(random.nextInt(2));
      case 17 -> new Reopen();
      default -> new Purge(random.nextInt(200));
    };
  }

  private static Part part(Random random) {
    int choice = random.nextInt(20);
    if (choice < 6) {
      return new Publish(random.nextInt(2), some(3, random, WalkStep::event));
    }
    if (choice < 12) {
      return new Finish(random.nextInt(1000), random.nextInt(6));
    }
    return switch (choice) {
      case 12, 13 -> new GiveBack(random.nextInt(1000));
      case 14, 15 -> new Readdress(random.nextInt(1000), 1 + random.nextInt(7));
      case 16 -> new Abandon(random.nextInt(2), random.nextInt(3));
      default -> new Ask(random.nextInt(1000), oneOf(random), random.nextInt(8) == 7);
    };
  }

  private static What oneOf(Random random) {
    return What.values()[random.nextInt(What.values().length)];
  }

  private static NewEvent event(Random random) {
    return new NewEvent(
        random.nextInt(5), random.nextInt(2), random.nextInt(8), random.nextBoolean());
  }

  private static <T> List<T> some(int most, Random random, Function<Random, T> any) {
    return Stream.generate(() -> any.apply(random)).limit(1 + random.nextInt(most)).toList();
  }
}
