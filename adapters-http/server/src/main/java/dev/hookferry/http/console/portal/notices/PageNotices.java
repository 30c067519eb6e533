package dev.hookferry.http.console.portal.notices;

import dev.hookferry.http.console.portal.deliveries.Remedy;
import dev.hookferry.id.EndpointId;
import java.util.List;

/**
 * The notices of a page.
 *
 * @param all the first few
 * @param more a sentence about those that are left out; empty if none are
 */
public record PageNotices(List<EndpointNotice> all, String more) {
  /** The value without notices. */
  public static final PageNotices NONE = new PageNotices(List.of(), "");

  /** Returns whether one of them is about this endpoint. */
  public boolean isAbout(EndpointId endpoint) {
    return all.stream().anyMatch(notice -> notice.endpoint().equals(endpoint.toString()));
  }

  /** Returns whether there is something to do here about one of them. */
  public boolean isAct() {
    return all.stream().anyMatch(notice -> notice.remedy() != Remedy.NONE);
  }

  /** Returns whether failed deliveries can be retried from one of them. */
  public boolean leadsToRetry() {
    return all.stream().anyMatch(notice -> notice.remedy().retries());
  }
}
