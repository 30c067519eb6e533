package dev.hookferry.http.console.text;

import dev.hookferry.delivery.Outcome;

/** What an outcome means, in plain words, and what to do about it. */
public final class OutcomeAdvice {
  private OutcomeAdvice() {}

  public static String of(Outcome outcome) {
    return switch (outcome.kind()) {
      case DELIVERED -> "The receiver took the event.";
      case HTTP_ERROR -> answered(outcome.statusCode());
      case TIMEOUT ->
          "The receiver did not answer in time. It should answer at once and do its work"
              + " afterwards; look whether it is overloaded.";
      case CONNECT_TIMEOUT ->
          "No connection was made in time. Look whether the host is up and whether a firewall"
              + " keeps us out.";
      case CONNECT_ERROR ->
          "The host refused the connection or is out of reach. Look whether the receiver runs"
              + " and listens on that port.";
      case CONNECTION_CLOSED ->
          "The receiver closed the connection before it had answered. Look into its log for a"
              + " crash, or for a limit of a proxy in front of it.";
      case DNS_ERROR -> "The name in the URL does not exist. Look for a typing mistake in the URL.";
      case TLS_ERROR ->
          "The certificate or the TLS handshake failed. Look whether the certificate is valid,"
              + " complete, and for this name.";
      case PROTOCOL_ERROR -> "The answer is no HTTP. Look whether the port is the right one.";
      case BLOCKED_ADDRESS ->
          "The name leads to an address that may not be called, so nothing was sent. The operator"
              + " can allow a network in the configuration: outbound.allowNetworks.";
      case RESOLVER_ERROR ->
          "Our own name server did not answer. This uses up no attempt; look at this server's DNS.";
      case INTERNAL_ERROR ->
          "Something of ours failed. This uses up no attempt; this server's log says what.";
      case WORKER_DIED ->
          "The process that sent it ended before the answer came. This uses up no attempt; look"
              + " into that process's log, and whether the receiver has the event.";
    };
  }

  private static String answered(int status) {
    if (status / 100 == 3) {
      return "The receiver answered with a redirection, and those are not followed. Register the"
          + " URL that it leads to.";
    }
    return switch (status) {
      case 400, 422 -> "The receiver did not understand the event. Look into its log for the id.";
      case 401, 403 ->
          "The receiver did not accept who we are. Look at the signature's secret, and at headers"
              + " that it expects.";
      case 404, 405 -> "There is nothing that takes events at this URL. Look for a typing mistake.";
      case 410 -> "The receiver says that this URL is gone for good. Remove it or change it.";
      case 413 -> "The event is too large for the receiver. Raise its limit.";
      case 429 -> "The receiver asks us to slow down. It is tried again later.";
      case 502, 503, 504 ->
          "The receiver, or a proxy in front of it, is not available at the moment.";
      default ->
          status / 100 == 5
              ? "The receiver took the request and failed on its side. Look into its log for the"
                  + " event's id."
              : "The receiver refused the event. Any 2xx answer would be a success.";
    };
  }
}
