package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LocalAddressesTest {
  private static final long TEN_SECONDS = 10_000_000_000L;

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicBoolean failing = new AtomicBoolean();

  private Stream<NetworkInterface> list() throws SocketException {
    asked.incrementAndGet();
    if (failing.get()) {
      throw new SocketException("too many open files");
    }
    return NetworkInterface.networkInterfaces();
  }

  @Test
  void cachesAddressesForTenSeconds() {
    LocalAddresses own = new LocalAddresses(nanos::get, this::list);

    assertThat(own.get()).contains(InetAddress.getLoopbackAddress());
    nanos.addAndGet(TEN_SECONDS);
    assertThat(own.get()).isNotEmpty();
    assertThat(asked).hasValue(1);
    nanos.incrementAndGet();
    assertThat(own.get()).isNotEmpty();
    assertThat(asked).hasValue(2);
  }

  @Test
  void staysClosedWhileTheyCannotBeListed() {
    LocalAddresses own = new LocalAddresses(nanos::get, this::list);
    Collection<InetAddress> known = own.get();

    failing.set(true);
    nanos.addAndGet(2 * TEN_SECONDS);

    assertThat(own.get()).isEqualTo(known);
    assertThatThrownBy(() -> new LocalAddresses(nanos::get, this::list))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cannot list the addresses of this machine");
  }
}
