package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.transport.TransportSetup;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Domains whose name servers do not respond. */
class NameLookupsTest {
  private static final InetAddress PUBLIC = TransportSetup.address("93.184.216.34");

  private final CountDownLatch over = new CountDownLatch(1);
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final NameLookups lookups = new NameLookups(this::resolve);

  private List<InetAddress> resolve(String host) {
    asked.add(host);
    if (host.contains("slow")) {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return List.of(PUBLIC);
  }

  @AfterEach
  void close() {
    over.countDown();
    lookups.close();
  }

  private static final class Answer implements NameLookups.LookupListener {
    private final CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();

    @Override
    public void resolved(List<InetAddress> addresses) {
      found.complete(addresses);
    }

    @Override
    public void unknown() {
      found.complete(List.of());
    }

    @Override
    public void unresolved(String reason) {
      found.completeExceptionally(new AssertionError(reason));
    }
  }

  private Answer find(String host) {
    Answer answer = new Answer();
    lookups.find(host, answer);
    return answer;
  }

  private long askedOf(String domain) {
    return asked.stream().filter(host -> host.endsWith(domain)).count();
  }

  @Test
  void aDomainThatHangsLeavesThreadsToOthers() throws Exception {
    List<Answer> hanging = new ArrayList<>();
    for (String domain : List.of("slow.example", "slow.example.com", "SLOW.example", "slow.test")) {
      for (int i = 0; i < 100; i++) {
        hanging.add(find("host-" + i + "." + domain));
      }
    }
    Poll.until(() -> askedOf("slow.example.com") == 8 && askedOf("slow.test") == 4);
    for (int i = 0; i < 100; i++) {
      Answer answer = find("host-" + i + ".fine.example");
      assertThat(answer.found.get(1, TimeUnit.MINUTES)).containsExactly(PUBLIC);
    }
    assertThat(askedOf("slow.example") + askedOf("SLOW.example")).isEqualTo(16);

    over.countDown();
    for (Answer answer : hanging) {
      assertThat(answer.found.get(1, TimeUnit.MINUTES)).containsExactly(PUBLIC);
    }
  }

  @Test
  void namesBelowARegistryAreDomainsOfTheirOwn() {
    for (String domain : List.of("slow-one.co.uk", "slow-two.co.uk")) {
      for (int i = 0; i < 100; i++) {
        find("host-" + i + "." + domain + (i % 2 == 0 ? "" : "."));
      }
    }
    find("slow.com");
    Poll.until(() -> asked.size() == 16 + 8 + 1);
    assertThat(askedOf("slow-one.co.uk") + askedOf("slow-one.co.uk.")).isEqualTo(16);
    assertThat(askedOf("slow-two.co.uk") + askedOf("slow-two.co.uk.")).isEqualTo(8);
  }

  @Test
  void aDomainThatHangsLeavesPlacesInTheQueueToOthers() throws Exception {
    for (int i = 0; i < 16 + 5_000; i++) {
      find("host-" + i + ".slow.example");
    }
    assertThat(find("late.slow.example").found).isCompletedExceptionally();
    assertThat(find("fine.test").found.get(1, TimeUnit.MINUTES)).containsExactly(PUBLIC);
  }

  @Test
  void aNameThatNobodyWaitsForAnyMoreIsNotLookedUp() {
    for (int i = 0; i < 16; i++) {
      find("host-" + i + ".slow.example");
    }
    Answer left = find("left.slow.example");
    lookups.forget("left.slow.example", left);
    Answer last = find("last.slow.example");
    over.countDown();

    assertThat(last.found.join()).containsExactly(PUBLIC);
    assertThat(asked).doesNotContain("left.slow.example");
    assertThat(find("left.slow.example").found.join()).containsExactly(PUBLIC);
  }
}
