package dev.hookferry.site;

import dev.hookferry.refusal.ConflictException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The Ed25519 keys of a site. A new key is published for a day before it signs, so that receivers
 * have it in time. A replaced key remains published for a day, so that receivers can verify
 * requests in flight. Immutable.
 *
 * @param all all keys, ordered by the time from which they sign
 */
public record SiteSigningKeys(List<SiteSigningKey> all) {
  /** No keys; the state until an endpoint first uses one. */
  public static final SiteSigningKeys NONE = new SiteSigningKeys(List.of());

  /** How long a key is published before it signs. */
  public static final Duration LEAD = Duration.ofDays(1);

  /** How long a key remains published after its replacement starts to sign. */
  public static final Duration OVERLAP = Duration.ofDays(1);

  public SiteSigningKeys {
    Objects.requireNonNull(all, "all");
    all = all.stream().sorted(Comparator.comparing(SiteSigningKey::activeFrom)).toList();
  }

  /** Returns the key that signs at this time; empty if there is none. */
  public Optional<SiteSigningKey> activeAt(Instant now) {
    Objects.requireNonNull(now, "now");
    return all.stream()
        .filter(key -> !key.activeFrom().isAfter(now))
        .reduce((earlier, later) -> later);
  }

  /**
   * Returns the keys that receivers may need to verify requests around this time, in signing order.
   */
  public List<SiteSigningKey> publishedAt(Instant now) {
    Objects.requireNonNull(now, "now");
    return Stream.iterate(0, i -> i < all.size(), i -> i + 1)
        .filter(i -> i == all.size() - 1 || now.isBefore(all.get(i + 1).activeFrom().plus(OVERLAP)))
        .map(all::get)
        .toList();
  }

  /**
   * Returns a copy with the next key, without keys whose publication has ended.
   *
   * @throws ConflictException if a key is already waiting to sign, or the next key already exists
   */
  public SiteSigningKeys with(SiteSigningKey next, Instant now) {
    Objects.requireNonNull(next, "next");
    requireNoneWaiting(now);
    if (all.stream().anyMatch(key -> key.publicKey().equals(next.publicKey()))) {
      throw new ConflictException(
          "the key " + next.kid() + " already exists; its signer must return a new one");
    }
    return new SiteSigningKeys(Stream.concat(publishedAt(now).stream(), Stream.of(next)).toList());
  }

  /**
   * Checks that no key is waiting to sign.
   *
   * @throws ConflictException if one is
   */
  public void requireNoneWaiting(Instant now) {
    Objects.requireNonNull(now, "now");
    all.stream()
        .filter(key -> key.activeFrom().isAfter(now))
        .findFirst()
        .ifPresent(
            key -> {
              throw new ConflictException(
                  "the key " + key.kid() + " is waiting: it signs from " + key.activeFrom());
            });
  }

  /** Returns a copy with every key transformed. */
  SiteSigningKeys map(UnaryOperator<SiteSigningKey> change) {
    return new SiteSigningKeys(all.stream().map(change).toList());
  }
}
