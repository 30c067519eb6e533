package dev.hookferry.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How URLs are judged before they are registered. */
class TargetCheckerTest {
  private final List<String> asked = new ArrayList<>();

  @Test
  void resolvesEachValidHostNameOnce() {
    TargetChecker targets = targets(CompletableFuture.completedFuture(true));

    CheckedTargets judged =
        targets.check(
            List.of(
                "https://a.example/x",
                "https://a.example/x",
                "https://93.184.216.34/",
                "https://10.0.0.1/",
                "nonsense"));

    assertThat(asked).containsExactly("a.example");
    assertThat(judged.url("https://93.184.216.34/", false).host()).isEqualTo("93.184.216.34");
    assertThatThrownBy(() -> judged.url("https://10.0.0.1/", false))
        .isInstanceOf(InvalidException.class);
    assertThatThrownBy(() -> judged.url("nonsense", false)).isInstanceOf(InvalidException.class);
  }

  @Test
  void aFailingTransportRefusesNothing() {
    TargetChecker targets =
        targets(CompletableFuture.failedFuture(new IllegalStateException("out of order")));

    CheckedTargets judged = targets.check(List.of("https://a.example/"));

    assertThat(judged.url("https://a.example/", false).host()).isEqualTo("a.example");
    assertThat(judged.isUnresolved("https://a.example/")).isTrue();
  }

  @Test
  void aLookupWithoutReplyRefusesNothing() {
    CheckedTargets judged = new CheckedTargets(OutboundPolicy.strict());

    judged.put("https://a.example/", new CompletableFuture<>());

    assertThat(judged.isUnresolved("https://a.example/")).isTrue();
    assertThat(judged.url("https://a.example/", false).host()).isEqualTo("a.example");
  }

  private TargetChecker targets(CompletableFuture<Boolean> verdict) {
    Transport transport =
        new Transport() {
          @Override
          public OutboundPolicy policy() {
            return OutboundPolicy.strict();
          }

          @Override
          public void send(SignedRequest request, Consumer<Outcome> whenDone) {
            throw new AssertionError("nothing is to be sent");
          }

          @Override
          public CompletionStage<Boolean> judge(TargetUrl url, boolean strict) {
            asked.add(url.host());
            return verdict;
          }

          @Override
          public void close() {}
        };
    return new TargetChecker(transport);
  }
}
