package dev.hookferry.site;

import dev.hookferry.event.PairRules;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names of a site in addition to its id: {@code SiteProfile.NONE.name("Acme
 * GmbH").uid("customer-4711")}. Immutable; each method returns a copy and checks its argument at
 * once.
 *
 * @param name a display name, at most 256 characters; empty if it has none
 * @param uid the caller's own name of the site, unique among all sites, or null if it has none
 * @param metadata notes for programs, sorted by name; never sent
 * @param changedAt when the profile was last changed, or null if it never was
 */
public record SiteProfile(
    String name, @Nullable String uid, Map<String, String> metadata, @Nullable Instant changedAt) {
  /** A site that has only an id. */
  public static final SiteProfile NONE = new SiteProfile("", null, Map.of(), null);

  /**
   * Creates a profile.
   *
   * @throws InvalidException with everything that is wrong
   */
  public SiteProfile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(metadata, "metadata");
    Problems problems = new Problems();
    problems.require(
        SiteFields.NAME.kind().allows(name), "name", "must have at most 256 characters");
    problems.requireText(name, "name");
    problems.require(
        uid == null || SiteFields.UID.kind().allows(uid),
        "uid",
        "must be 1 to 256 characters of A-Z a-z 0-9 _ . -");
    PairRules.METADATA.check(problems, "metadata", metadata);
    problems.throwIfAny();
    metadata = PairRules.sorted(metadata);
  }

  /** Returns a copy with the given display name: at most 256 characters, empty for none. */
  public SiteProfile name(String text) {
    return new SiteProfile(Objects.requireNonNull(text, "text"), uid, metadata, changedAt);
  }

  /**
   * Returns a copy with the given name of the caller's choice: 1 to 256 characters of {@code
   * A-Za-z0-9_.-}, or null for none.
   */
  public SiteProfile uid(@Nullable String own) {
    return new SiteProfile(name, own, metadata, changedAt);
  }

  /** Returns a copy with exactly these notes for programs: at most 50. */
  public SiteProfile metadata(Map<String, String> all) {
    return new SiteProfile(name, uid, NoNulls.inKeys(all, "all"), changedAt);
  }

  /** Returns a copy that was changed then. */
  public SiteProfile changedAt(Instant when) {
    return new SiteProfile(name, uid, metadata, Objects.requireNonNull(when, "when"));
  }

  /** Returns whether it has any values. */
  public boolean isNone() {
    return equals(NONE);
  }
}
