package dev.hookferry.testing;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.internal.VirtualTime;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Transport that passes requests to simulated receivers, whose replies arrive in virtual time. */
final class SimulatedTransport implements Transport {
  private final VirtualTime time;
  private final OutboundPolicy policy;
  private final Map<String, SimulatedReceiver> receivers = new ConcurrentHashMap<>();

  SimulatedTransport(VirtualTime time, OutboundPolicy policy) {
    this.time = time;
    this.policy = policy;
  }

  SimulatedReceiver receiver(String url, SimulatedHookferry hooks) {
    return receivers.computeIfAbsent(
        TargetUrl.parse(url).text(), text -> new SimulatedReceiver(text, hooks));
  }

  void forget() {
    receivers.clear();
  }

  @Override
  public OutboundPolicy policy() {
    return policy;
  }

  @Override
  public void send(SignedRequest request, Consumer<Outcome> whenDone) {
    SimulatedReceiver receiver = receivers.get(request.url().text());
    Outcome blocked = ScriptedTransport.blocked(policy, request);
    if (blocked != null) {
      time.after(blocked.took(), () -> whenDone.accept(blocked));
      return;
    }
    Outcome outcome =
        receiver == null
            ? SimulatedReply.OK.within(request.deadline())
            : receiver.take(request).within(request.deadline());
    time.after(outcome.took(), () -> whenDone.accept(outcome));
  }

  /** Treats every name as resolving to an address that the policy allows. */
  @Override
  public CompletionStage<Boolean> judge(TargetUrl url, boolean strict) {
    return CompletableFuture.completedFuture(true);
  }

  @Override
  public void close() {}
}
