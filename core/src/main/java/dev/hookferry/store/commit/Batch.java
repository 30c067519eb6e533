package dev.hookferry.store.commit;

import java.util.List;
import java.util.Objects;

/**
 * What one commit writes, all of it or nothing.
 *
 * @param publications newly accepted events
 * @param results what became of deliveries that the committing owner owns
 * @param releases deliveries that the committing owner gives back unsent
 * @param commands what people asked for
 */
public record Batch(
    List<PublishEntry> publications,
    List<AttemptResult> results,
    List<Release> releases,
    List<Command> commands) {
  public Batch {
    Objects.requireNonNull(publications, "publications");
    Objects.requireNonNull(results, "results");
    Objects.requireNonNull(releases, "releases");
    Objects.requireNonNull(commands, "commands");
    publications = List.copyOf(publications);
    results = List.copyOf(results);
    releases = List.copyOf(releases);
    commands = List.copyOf(commands);
  }

  /** A batch of publications alone. */
  public static Batch of(PublishEntry... publications) {
    Objects.requireNonNull(publications, "publications");
    return new Batch(List.of(publications), List.of(), List.of(), List.of());
  }

  /** A batch of results alone. */
  public static Batch of(AttemptResult... results) {
    Objects.requireNonNull(results, "results");
    return new Batch(List.of(), List.of(results), List.of(), List.of());
  }

  /** A batch of releases alone. */
  public static Batch of(Release... releases) {
    Objects.requireNonNull(releases, "releases");
    return new Batch(List.of(), List.of(), List.of(releases), List.of());
  }

  /** A batch of commands alone. */
  public static Batch of(Command... commands) {
    Objects.requireNonNull(commands, "commands");
    return new Batch(List.of(), List.of(), List.of(), List.of(commands));
  }

  /** The lowest version of the configuration that a publication of it was made by. */
  public long config() {
    long lowest = PublishEntry.ANY_CONFIG;
    for (PublishEntry publication : publications) {
      lowest = Math.min(lowest, publication.config());
    }
    return lowest;
  }

  /** Whether there is nothing to write. */
  public boolean isEmpty() {
    return publications.isEmpty() && results.isEmpty() && releases.isEmpty() && commands.isEmpty();
  }
}
