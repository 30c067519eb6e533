package dev.hookferry.architecture.offence.http;

import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;

/** A request that is in no log. */
public final class SendsItself {
  void send(Transport transport, SignedRequest request) {
    transport.send(request, outcome -> {});
  }
}
