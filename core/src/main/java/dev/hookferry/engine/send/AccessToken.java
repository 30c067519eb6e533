package dev.hookferry.engine.send;

import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.secret.Redactor;
import dev.hookferry.transport.SignedRequest.Header;
import java.time.Instant;
import java.util.List;

/**
 * An access token in memory.
 *
 * @param header the header that carries it
 * @param until the time at which it is replaced
 * @param redactor masks it in responses
 */
record AccessToken(Header header, Instant until, Redactor redactor) {
  static AccessToken of(String text, Instant until) {
    Header header = new Header(EndpointAuth.HEADER, "Bearer " + text);
    return new AccessToken(header, until, Redactor.of(List.of(text)));
  }

  @Override
  public String toString() {
    return "AccessToken until " + until;
  }
}
