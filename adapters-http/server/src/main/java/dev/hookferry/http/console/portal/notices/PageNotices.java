package dev.hookferry.http.console.portal.notices;

import dev.hookferry.http.console.portal.deliveries.Remedy;
import dev.hookferry.id.EndpointId;
import java.util.List;

/**
 * The notices of a page.
 *
 * @param all the displayed notices
 * @param more a sentence about omitted notices; empty if there are none
 */
public record PageNotices(List<EndpointNotice> all, String more) {
  /** The value without notices. */
  public static final PageNotices NONE = new PageNotices(List.of(), "");

  /** Returns whether one of the notices is about this endpoint. */
  public boolean isAbout(EndpointId endpoint) {
    return all.stream().anyMatch(notice -> notice.endpoint().equals(endpoint.toString()));
  }

  /** Returns whether one of the notices offers an action on this page. */
  public boolean hasAction() {
    return all.stream().anyMatch(notice -> notice.remedy() != Remedy.NONE);
  }

  /** Returns whether failed deliveries can be retried from one of the notices. */
  public boolean leadsToRetry() {
    return all.stream().anyMatch(notice -> notice.remedy().retries());
  }
}
