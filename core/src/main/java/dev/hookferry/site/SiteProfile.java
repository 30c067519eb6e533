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
 * Names and metadata of a site in addition to its id: {@code SiteProfile.NONE.name("Acme
 * GmbH").uid("customer-4711")}. Immutable; each method returns a copy and checks its argument
 * immediately.
 *
 * @param name the display name, at most 256 characters; empty for none
 * @param uid the caller's own id for the site, unique among all sites, or null for none
 * @param metadata notes for programs, sorted by name; never sent
 * @param changedAt when the profile was last changed, or null if it never was
 */
public record SiteProfile(
    String name, @Nullable String uid, Map<String, String> metadata, @Nullable Instant changedAt) {
  /** Profile of a site that has only an id. */
  public static final SiteProfile NONE = new SiteProfile("", null, Map.of(), null);

  /**
   * Creates a profile.
   *
   * @throws InvalidException with every problem found
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

  /** Returns a copy with this display name: at most 256 characters, empty for none. */
  public SiteProfile name(String text) {
    return new SiteProfile(Objects.requireNonNull(text, "text"), uid, metadata, changedAt);
  }

  /**
   * Returns a copy with this id chosen by the caller: 1 to 256 characters of {@code A-Za-z0-9_.-},
   * or null for none.
   */
  public SiteProfile uid(@Nullable String own) {
    return new SiteProfile(name, own, metadata, changedAt);
  }

  /** Returns a copy with exactly this metadata: at most 50 notes for programs. */
  public SiteProfile metadata(Map<String, String> all) {
    return new SiteProfile(name, uid, NoNulls.inKeys(all, "all"), changedAt);
  }

  /** Returns a copy with this time of the last change. */
  public SiteProfile changedAt(Instant when) {
    return new SiteProfile(name, uid, metadata, Objects.requireNonNull(when, "when"));
  }

  /** Returns whether this profile has no values. */
  public boolean isNone() {
    return equals(NONE);
  }
}
