package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.transport.BrokenResponseContract;
import dev.hookferry.contract.transport.GuardContract;
import dev.hookferry.contract.transport.HostileReceiverContract;
import dev.hookferry.contract.transport.ResponseContract;
import dev.hookferry.contract.transport.ResponseFramingContract;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.contract.transport.TransportTlsContract;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The promises of a direct connection hold through a proxy, too: guard, TLS, responses. */
class EgressContractTest {
  /** Promises of a transport that do not depend on who opens the TCP connection. */
  interface Promises
      extends BrokenResponseContract,
          GuardContract,
          HostileReceiverContract,
          ResponseContract,
          ResponseFramingContract,
          TransportTlsContract {}

  /** Sends all requests by the same egress. */
  abstract static class ThroughProxy implements Promises {
    private final ScriptedProxy proxy;
    private final String scheme;

    ThroughProxy(String scheme, ScriptedProxy.Script script) {
      this.scheme = scheme;
      proxy = ScriptedProxy.of(script);
    }

    @Override
    public Transport transport(TransportSetup setup) {
      return new Leaving(
          new HttpTransport(
              HttpTransportTest.options(setup)
                  .withEgress(Egress.proxy("main", proxy.url(scheme)))));
    }

    /** No test here: it waits for seconds, and names are resolved before an egress is chosen. */
    @Override
    public void aSlowLookupDelaysNoOther() {}

    @AfterEach
    void itWasAskedForLoopbackOnly() throws IOException {
      assertThat(proxy.asked()).allMatch(address -> address.startsWith("127."));
      proxy.close();
    }
  }

  @Nested
  class Connect extends ThroughProxy {
    Connect() {
      super("http", ScriptedProxy::connect);
    }
  }

  @Nested
  class Socks extends ThroughProxy {
    Socks() {
      super("socks5", ScriptedProxy::socks);
    }
  }

  private record Leaving(Transport transport) implements Transport {
    @Override
    public OutboundPolicy policy() {
      return transport.policy();
    }

    @Override
    public void send(SignedRequest request, Consumer<Outcome> whenDone) {
      transport.send(request.leavingBy("main"), whenDone);
    }

    @Override
    public CompletionStage<Boolean> judge(TargetUrl url, boolean strict) {
      return transport.judge(url, strict);
    }

    @Override
    public void close() {
      transport.close();
    }
  }
}
