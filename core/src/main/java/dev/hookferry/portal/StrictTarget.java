package dev.hookferry.portal;

import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The rule for URLs that customers enter: https, a public address, a usual port, whatever
 * exceptions the operator has made for endpoints of his own.
 */
final class StrictTarget {
  private StrictTarget() {}

  /**
   * Checks a URL and the addresses that its host resolves to; null passes, and so does a name that
   * does not resolve. Blocks.
   */
  static void require(@Nullable String text) {
    if (text == null) {
      return;
    }
    try {
      TargetUrl template = TargetUrl.template(text);
      TargetUrl url = template.expand(template.samples());
      OutboundPolicy.strict().check(url);
      if (url.literal().isEmpty()) {
        for (InetAddress address : InetAddress.getAllByName(url.host())) {
          OutboundPolicy.strict().check(url, address);
        }
      }
    } catch (UnknownHostException e) {
      return;
    } catch (InvalidException e) {
      throw refusal();
    }
  }

  /** Returns the refusal, which is the same for every reason. */
  static InvalidException refusal() {
    return InvalidException.of(
        "url", "must be an https URL that leads to a public address on a usual port");
  }
}
