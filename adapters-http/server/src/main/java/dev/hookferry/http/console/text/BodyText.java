package dev.hookferry.http.console.text;

import org.jspecify.annotations.Nullable;

/**
 * A body for display: as a tree if it is JSON, and unchanged.
 *
 * @param raw the body as it was sent
 * @param tree its tree, or null if it has none
 * @param pretty the body with line breaks, if it has no tree
 * @param note a remark about it, or empty
 */
public record BodyText(String raw, @Nullable JsonBranch tree, String pretty, String note) {
  /** Returns a body that may be JSON. */
  public static BodyText of(String raw, String note) {
    JsonBranch tree = JsonBranch.of(raw).orElse(null);
    return new BodyText(raw, tree, tree == null ? PrettyJson.of(raw) : raw, note);
  }

  public boolean isEmpty() {
    return raw.isEmpty();
  }
}
