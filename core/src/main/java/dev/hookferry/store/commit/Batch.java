package dev.hookferry.store.commit;

import java.util.List;
import java.util.Objects;

/**
 * The content of one commit, written atomically.
 *
 * @param publications newly accepted events
 * @param results results of deliveries that the committing owner owns
 * @param handBacks deliveries that the committing owner returns unsent
 * @param commands commands from users
 */
public record Batch(
    List<PublishEntry> publications,
    List<AttemptResult> results,
    List<HandBack> handBacks,
    List<Command> commands) {
  public Batch {
    Objects.requireNonNull(publications, "publications");
    Objects.requireNonNull(results, "results");
    Objects.requireNonNull(handBacks, "handBacks");
    Objects.requireNonNull(commands, "commands");
    publications = List.copyOf(publications);
    results = List.copyOf(results);
    handBacks = List.copyOf(handBacks);
    commands = List.copyOf(commands);
  }

  /** Returns a batch of publications only. */
  public static Batch of(PublishEntry... publications) {
    Objects.requireNonNull(publications, "publications");
    return new Batch(List.of(publications), List.of(), List.of(), List.of());
  }

  /** Returns a batch of results only. */
  public static Batch of(AttemptResult... results) {
    Objects.requireNonNull(results, "results");
    return new Batch(List.of(), List.of(results), List.of(), List.of());
  }

  /** Returns a batch of hand-backs only. */
  public static Batch of(HandBack... handBacks) {
    Objects.requireNonNull(handBacks, "handBacks");
    return new Batch(List.of(), List.of(), List.of(handBacks), List.of());
  }

  /** Returns a batch of commands only. */
  public static Batch of(Command... commands) {
    Objects.requireNonNull(commands, "commands");
    return new Batch(List.of(), List.of(), List.of(), List.of(commands));
  }

  /** Returns the lowest configuration version among the publications. */
  public long config() {
    long lowest = PublishEntry.ANY_CONFIG;
    for (PublishEntry publication : publications) {
      lowest = Math.min(lowest, publication.config());
    }
    return lowest;
  }

  /** Returns whether there is nothing to write. */
  public boolean isEmpty() {
    return publications.isEmpty() && results.isEmpty() && handBacks.isEmpty() && commands.isEmpty();
  }
}
