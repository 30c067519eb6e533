package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.ForwardingStore;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Who may use an open store. */
class ExclusiveUseTest {
  private final Store shared = new MemoryStore(InstantSource.system(), Duration.ofHours(1));
  private final Unshared unshared = new Unshared(shared);

  private static Hookferry on(Store store) {
    return Hookferry.builder(store, new ScriptedTransport()).secrets(Secrets.inTheClear()).build();
  }

  @Test
  void aStoreIsFreeAgainOnceItsHookferryIsClosed() {
    Hookferry first = on(unshared).start();
    assertThatThrownBy(() -> on(unshared).start()).isInstanceOf(IllegalStateException.class);

    first.close();

    Hookferry next = on(unshared).start();
    first.close();
    assertThatThrownBy(() -> on(unshared).start()).isInstanceOf(IllegalStateException.class);
    next.close();
  }

  @Test
  void aRefusedHookferryDoesNotFreeTheStore() {
    try (Hookferry first = on(unshared).start()) {
      Hookferry refused = on(unshared);
      assertThatThrownBy(refused::start).isInstanceOf(IllegalStateException.class);
      refused.close();

      assertThatThrownBy(() -> on(unshared).start()).isInstanceOf(IllegalStateException.class);
      assertThat(unshared.closed).isZero();
      assertThat(first.isReady()).isTrue();
    }
    assertThat(unshared.closed).isEqualTo(1);
  }

  @Test
  void aFailedStartFreesTheStore() {
    unshared.fails = true;
    assertThatThrownBy(() -> on(unshared).start()).isInstanceOf(StoreException.class);
    unshared.fails = false;

    on(unshared).start().close();
  }

  @Test
  void severalMayUseASharedStore() {
    try (Hookferry first = on(shared).start();
        Hookferry second = on(shared).start()) {
      assertThat(first.isReady()).isTrue();
      assertThat(second.isReady()).isTrue();
    }
  }

  /** Like files, but closing it does nothing. */
  private static final class Unshared extends ForwardingStore {
    private boolean fails;
    private int closed;

    private Unshared(Store store) {
      super(store);
    }

    @Override
    public boolean isShared() {
      return false;
    }

    @Override
    public DeliveryStore deliveries() {
      if (fails) {
        throw new StoreException("down");
      }
      return super.deliveries();
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
