package dev.hookferry.engine.owned;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.engine.effect.Effects;
import dev.hookferry.store.Owner;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class OwnerLeaseTest {
  private final List<String> effects = new ArrayList<>();
  private final OwnerLease lease =
      new OwnerLease(
          (Effects)
              Proxy.newProxyInstance(
                  Effects.class.getClassLoader(),
                  new Class<?>[] {Effects.class},
                  (proxy, method, arguments) -> {
                    boolean isBeat = method.getName().equals("heartbeat");
                    effects.add(method.getName() + (isBeat ? " " + arguments[0] : ""));
                    return null;
                  }));

  @Test
  void deliveriesWithoutTrackAreGivenUpUntilThatHasWorked() {
    lease.loseTrack();
    lease.beat();
    lease.failed();
    lease.beat();
    lease.registered(new Owner(new UUID(1, 1)));
    lease.beat();

    assertThat(effects)
        .containsExactly("heartbeat true", "heartbeat true", "own", "heartbeat false");
  }

  @Test
  void aReplyIsAwaitedBeforeTheNextHeartbeat() {
    lease.beat();
    lease.beat();

    assertThat(effects).containsExactly("heartbeat false");
  }
}
