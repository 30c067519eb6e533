package dev.hookferry.http.client;

import dev.hookferry.contract.transport.TransportContract;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.transport.Transport;

class HttpTransportTest implements TransportContract {
  @Override
  public Transport transport(TransportSetup setup) {
    return new HttpTransport(options(setup));
  }

  static HttpTransportOptions options(TransportSetup setup) {
    HttpTransportOptions options =
        HttpTransportOptions.of(setup.policy())
            .withConnectTimeout(setup.connectTimeout())
            .withResolver(setup.names()::resolve);
    return setup.tls() == null ? options : options.withTls(setup.tls());
  }
}
