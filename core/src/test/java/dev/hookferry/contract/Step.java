package dev.hookferry.contract;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A step of a random walk. The numbers choose among what there is when the step is taken, so that a
 * walk still makes sense when steps before it are left out.
 */
sealed interface Step {
  /** A commit by an owner. */
  record Commit(int owner, List<Part> parts) implements Step {}

  /** A claim by an owner, for one endpoint up to a limit. */
  record ClaimSome(int owner, int endpoint, int limit, int dueIn) implements Step {}

  /** A claim by an owner, for all endpoints without a limit. */
  record ClaimAll(int owner, int dueIn) implements Step {}

  /** The end of an owner, and a new one in its place. */
  record Replace(int owner) implements Step {}

  /** The end of the store's use, and another opening. */
  record Reopen() implements Step {}

  /** The end of memory. */
  record Forget(int ago) implements Step {}

  /** What a commit is made of. */
  sealed interface Part {}

  /** Events that are published together. */
  record Publish(int site, List<NewEvent> events) implements Part {}

  /** An event; name 0 is none, others are an id, a key or both. */
  record NewEvent(int name, int content, int endpoints, boolean owned) {}

  /** What became of a delivery. */
  record Finish(int delivery, int fate) implements Part {}

  /** A delivery given back. */
  record GiveBack(int delivery) implements Part {}

  /** A command about a delivery. */
  record Ask(int delivery, boolean retry, boolean otherSite) implements Part {}

  /** A command about an endpoint. */
  record Abandon(int site, int endpoint) implements Part {}

  /** Any step, those that matter most most often. */
  static Arbitrary<Step> any() {
    Arbitrary<Step> commit =
        Combinators.combine(below(3), part().list().ofMinSize(1).ofMaxSize(4)).as(Commit::new);
    Arbitrary<Step> some =
        Combinators.combine(below(3), below(3), below(4).map(n -> n + 1), below(400))
            .as(ClaimSome::new);
    Arbitrary<Step> all = Combinators.combine(below(3), below(400)).as(ClaimAll::new);
    return Arbitraries.frequencyOf(
        Tuple.of(10, commit),
        Tuple.of(4, some),
        Tuple.of(2, all),
        Tuple.of(1, below(2).map(Replace::new)),
        Tuple.of(1, Arbitraries.create(Reopen::new)),
        Tuple.of(1, below(200).map(Forget::new)));
  }

  private static Arbitrary<Part> part() {
    Arbitrary<NewEvent> event =
        Combinators.combine(below(5), below(2), below(8), Arbitraries.of(true, false))
            .as(NewEvent::new);
    Arbitrary<Part> publish =
        Combinators.combine(below(2), event.list().ofMinSize(1).ofMaxSize(3)).as(Publish::new);
    Arbitrary<Part> finish = Combinators.combine(below(1000), below(5)).as(Finish::new);
    Arbitrary<Part> ask =
        Combinators.combine(below(1000), Arbitraries.of(true, false), below(8).map(n -> n == 7))
            .as(Ask::new);
    Arbitrary<Part> abandon = Combinators.combine(below(2), below(3)).as(Abandon::new);
    return Arbitraries.frequencyOf(
        Tuple.of(6, publish),
        Tuple.of(6, finish),
        Tuple.of(2, below(1000).map(GiveBack::new)),
        Tuple.of(3, ask),
        Tuple.of(1, abandon));
  }

  private static Arbitrary<Integer> below(int bound) {
    return Arbitraries.integers().between(0, bound - 1);
  }
}
