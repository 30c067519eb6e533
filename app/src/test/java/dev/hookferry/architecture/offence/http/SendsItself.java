package dev.hookferry.architecture.offence.http;

import dev.hookferry.port.SignedRequest;
import dev.hookferry.port.Transport;

/** A request that is in no log. */
public final class SendsItself {
  void send(Transport transport, SignedRequest request) {
    transport.send(request, outcome -> {});
  }
}
