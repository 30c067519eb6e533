package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemResolverTest {
  private final List<String> asked = new ArrayList<>();
  private final Map<String, String> failures = new HashMap<>();
  private long now = 1_000;

  private InetAddress[] lookup(String host) throws UnknownHostException {
    asked.add(host);
    if (failures.containsKey(host)) {
      throw new UnknownHostException(failures.get(host));
    }
    return new InetAddress[] {InetAddress.getByAddress(new byte[] {1, 2, 3, 4})};
  }

  private SystemResolver resolver(boolean asksLocally) {
    return new SystemResolver(asksLocally, () -> now, this::lookup);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void asksForAbsoluteNamesOnly() throws Exception {
    failures.put("b.example.com.", "b.example.com.: Name or service not known");
    SystemResolver resolver = resolver(false);

    assertThat(resolver.resolve("a.example.com")).hasSize(1);
    assertThatThrownBy(() -> resolver.resolve("b.example.com"))
        .isInstanceOf(UnknownHostException.class);
    assertThat(asked).containsExactly("a.example.com.", "b.example.com.");
  }

  @Test
  void asksThisMachineToWhereNetworksAreOpen() throws Exception {
    failures.put("b.example.com.", "b.example.com.: Name or service not known");
    SystemResolver resolver = resolver(true);

    assertThat(resolver.resolve("b.example.com")).hasSize(1);
    assertThat(resolver.resolve("localhost")).hasSize(1);
    assertThat(asked).containsExactly("b.example.com.", "b.example.com", "localhost");
  }

  @Test
  void blamesItselfWhileNothingIsAnswered() {
    failures.put("a.example.com.", "a.example.com.: Temporary failure in name resolution");
    SystemResolver resolver = resolver(false);

    assertThatThrownBy(() -> resolver.resolve("a.example.com"))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(UnknownHostException.class);
    // The JVM repeats it from its cache without the reason.
    failures.put("a.example.com.", "a.example.com.");
    pass(Duration.ofSeconds(9));
    assertThatThrownBy(() -> resolver.resolve("a.example.com"))
        .isNotInstanceOf(UnknownHostException.class);
    pass(Duration.ofSeconds(7));
    assertThatThrownBy(() -> resolver.resolve("a.example.com"))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void blamesTheNameWhileOthersAreAnswered() throws Exception {
    failures.put("a.example.com.", "a.example.com.: Temporary failure in name resolution");
    SystemResolver resolver = resolver(false);
    resolver.resolve("fine.example.com");

    assertThatThrownBy(() -> resolver.resolve("a.example.com"))
        .isInstanceOf(UnknownHostException.class);
    pass(Duration.ofMinutes(2));
    assertThatThrownBy(() -> resolver.resolve("a.example.com"))
        .isNotInstanceOf(UnknownHostException.class);
  }
}
