package dev.hookferry.http.route;

import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.site.SiteProfile;
import java.util.Objects;

/**
 * Prevents a key that is bound to one site from changing the uid and metadata of the site, by which
 * operators and imports identify sites.
 */
public final class SiteIdentityGuard {
  private SiteIdentityGuard() {}

  /**
   * Returns the changed profile if the caller may make this change.
   *
   * @throws EarlyReply with 403 if the key is bound and the uid or the metadata differ
   */
  public static SiteProfile permitted(Call call, SiteProfile before, SiteProfile after) {
    boolean keeps =
        Objects.equals(before.uid(), after.uid()) && before.metadata().equals(after.metadata());
    if (call.isBound() && !keeps) {
      throw EarlyReply.problem(
          403,
          "a key of one site may change only its name; uid and metadata need a key for all"
              + " sites");
    }
    return after;
  }
}
