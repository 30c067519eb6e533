package dev.hookferry.http.console.text;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;

/** Explains an outcome and suggests what to do about it. */
public final class OutcomeAdvice {
  private OutcomeAdvice() {}

  public static String of(Outcome outcome) {
    return switch (outcome.kind()) {
      case DELIVERED -> "The receiver accepted the event.";
      case HTTP_ERROR -> answered(outcome.statusCode());
      case TIMEOUT ->
          "The receiver did not respond in time. It should respond at once and do its work"
              + " afterwards; check whether it is overloaded.";
      case CONNECT_TIMEOUT ->
          "No connection was established in time. Check whether the host is up, and whether a"
              + " firewall blocks the connection.";
      case CONNECT_ERROR ->
          "The host refused the connection or is unreachable. Check whether the receiver is running"
              + " and listening on that port.";
      case CONNECTION_CLOSED ->
          "The receiver closed the connection before it responded. Check its log for a crash, and"
              + " the limits of any proxy in front of it.";
      case DNS_ERROR -> "The host name in the URL does not exist. Check the URL for typos.";
      case TLS_ERROR ->
          "The TLS handshake failed. Check whether the certificate is valid, complete and issued"
              + " for this host name.";
      case PROTOCOL_ERROR -> "The response is not HTTP. Check whether the port is the right one.";
      case BLOCKED_ADDRESS ->
          "The host name resolves to an address that is not allowed, so nothing was sent. The"
              + " operator can allow a network with outbound.allowNetworks.";
      case NOT_ROUTABLE, AUTH_FAILED, SIGNING_FAILED, PROXY_FAILED, BODY_FAILED ->
          notSent(outcome.kind());
      case RESOLVER_ERROR ->
          "Hookferry's own name server did not respond. No attempt is used up; check this server's"
              + " DNS.";
      case INTERNAL_ERROR ->
          "Hookferry itself failed. No attempt is used up; see this server's log.";
      case WORKER_DIED ->
          "The process that sent it ended before the response came. No attempt is used up; check"
              + " that process's log, and whether the receiver has the event.";
    };
  }

  private static String notSent(OutcomeKind kind) {
    return switch (kind) {
      case NOT_ROUTABLE ->
          "The event does not have a routing value that the URL needs, so nothing was sent. Change"
              + " the URL, or publish the event again with the value.";
      case AUTH_FAILED ->
          "The authorization server gave no access token. Check tokenUrl, client id and secret in"
              + " the endpoint's authentication, and whether that server is up.";
      case SIGNING_FAILED ->
          "The signer that has the site's Ed25519 key did not sign, so nothing was sent. The operator"
              + " can see in its log why.";
      case PROXY_FAILED ->
          "The egress did not open a connection, so nothing was sent. Its proxies are the operator's:"
              + " the page System shows their last failure.";
      default ->
          "The endpoint's template or mapper made no body for this event, so nothing was sent. Preview"
              + " the body with this event, and change it.";
    };
  }

  private static String answered(int status) {
    if (status / 100 == 3) {
      return "The receiver responded with a redirect, and redirects are not followed. Use the URL"
          + " that it points to.";
    }
    return switch (status) {
      case 400, 422 ->
          "The receiver did not understand the event. Check its log for the event's id.";
      case 401, 403 ->
          "The receiver rejected the request as unauthorized. Check the signing secret, and any"
              + " headers that it expects.";
      case 404, 405 -> "Nothing accepts events at this URL. Check the URL for typos.";
      case 410 -> "The receiver says that this URL is gone for good. Remove or change it.";
      case 413 -> "The event is too large for the receiver. Raise its limit.";
      case 429 -> "The receiver asks for fewer requests. It is tried again later.";
      case 502, 503, 504 ->
          "The receiver, or a proxy in front of it, is not available at the moment.";
      default ->
          status / 100 == 5
              ? "The receiver failed while it handled the request. Check its log for the event's"
                  + " id."
              : "The receiver rejected the event. Any 2xx response counts as success.";
    };
  }
}
