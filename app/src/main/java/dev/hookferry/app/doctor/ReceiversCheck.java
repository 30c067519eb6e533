package dev.hookferry.app.doctor;

import dev.hookferry.app.config.OutboundConfig;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.client.HttpTransport;
import dev.hookferry.http.client.HttpTransportOptions;
import dev.hookferry.id.EndpointId;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.config.Config;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks that receivers' names resolve and that the outbound guard allows their addresses. */
final class ReceiversCheck {
  private static final String DNS = "dns";
  private static final String GUARD = "outbound";
  private static final String NAME_SERVERS =
      "check the name servers of this machine (/etc/resolv.conf), and whether a firewall blocks"
          + " port 53";
  private static final int MAX = 100;
  private static final long MAX_SECONDS = 15;
  private static final TargetUrl ANYONE = TargetUrl.parse("https://example.com/");

  private final OutboundConfig outbound;
  private final MachineInfo machine;
  private final boolean mayServerConfigDiffer;
  private final Set<TargetUrl> fromCustomers = new HashSet<>();
  private final Map<TargetUrl, List<EndpointId>> endpoints = new LinkedHashMap<>();
  private final Set<String> resolved = new LinkedHashSet<>();
  private final Set<String> unresolved = new LinkedHashSet<>();
  private final List<String> refused = new ArrayList<>();
  private int refusedEndpoints;

  /**
   * Creates the check.
   *
   * @param mayServerConfigDiffer whether a server is running whose outbound rules may differ, since
   *     this configuration sets none
   */
  ReceiversCheck(OutboundConfig outbound, MachineInfo machine, boolean mayServerConfigDiffer) {
    this.outbound = outbound;
    this.machine = machine;
    this.mayServerConfigDiffer = mayServerConfigDiffer;
  }

  void run(@Nullable Config stored, Consumer<Diagnosis> found) {
    if (stored == null) {
      found.accept(Diagnosis.skipped(DNS, "the endpoints were not read"));
      return;
    }
    Map<String, TargetUrl> targets = targets(stored);
    boolean isGuess = targets.isEmpty();
    if (isGuess && !outbound.internet()) {
      found.accept(Diagnosis.ok(DNS, "no endpoints yet, so no names to look up"));
      return;
    }
    if (isGuess) {
      targets.put(ANYONE.host(), ANYONE);
    }
    judge(targets);
    if (isGuess) {
      found.accept(guess());
    } else {
      found.accept(names(targets));
      found.accept(guard());
    }
  }

  /** Groups the endpoints by scheme, host, port and strictness; returns one URL for each group. */
  private Map<String, TargetUrl> targets(Config stored) {
    Map<String, TargetUrl> targets = new LinkedHashMap<>();
    for (Endpoint endpoint : stored.endpoints().values()) {
      TargetUrl url = endpoint.url();
      boolean strict = endpoint.ownership().isStrict();
      String origin = url.scheme() + url.host() + url.port() + strict;
      if (targets.size() < MAX || targets.containsKey(origin)) {
        TargetUrl judged = targets.computeIfAbsent(origin, unused -> url);
        endpoints.computeIfAbsent(judged, unused -> new ArrayList<>()).add(endpoint.id());
        if (strict) {
          fromCustomers.add(judged);
        }
      }
    }
    return targets;
  }

  private void judge(Map<String, TargetUrl> targets) {
    HttpTransportOptions options =
        HttpTransportOptions.of(outbound.policy()).withResolver(machine.names());
    try (HttpTransport transport = new HttpTransport(options)) {
      Map<TargetUrl, CompletableFuture<Boolean>> requests = new LinkedHashMap<>();
      for (TargetUrl target : targets.values()) {
        boolean strict = fromCustomers.contains(target);
        requests.put(target, transport.judge(target, strict).toCompletableFuture());
      }
      requests.forEach(this::await);
    }
  }

  private void await(TargetUrl target, CompletableFuture<Boolean> judged) {
    try {
      boolean isResolved = judged.get(MAX_SECONDS, TimeUnit.SECONDS);
      if (target.literal().isEmpty()) {
        (isResolved ? resolved : unresolved).add(target.host());
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof InvalidException invalid)) {
        throw new IllegalStateException(e.getCause());
      }
      String reason = invalid.problems().get(0).reason();
      List<EndpointId> same = endpoints.getOrDefault(target, List.of());
      refusedEndpoints += same.size();
      refused.add((same.isEmpty() ? "" : same.get(0) + ", ") + target.text() + " " + reason);
    } catch (TimeoutException e) {
      unresolved.add(target.host());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns the finding about the sample name looked up because there are no endpoints. */
  private Diagnosis guess() {
    if (!refused.isEmpty()) {
      return Diagnosis.warning(
          DNS,
          ANYONE.host() + " resolves to an address that the outbound guard blocks",
          "check the name servers of this machine (/etc/resolv.conf): a filter or a proxy may"
              + " respond in their place");
    }
    return unresolved.isEmpty()
        ? Diagnosis.ok(DNS, ANYONE.host() + " resolves (no endpoints yet)")
        : Diagnosis.warning(
            DNS,
            ANYONE.host() + ", looked up because there are no endpoints yet, does not resolve",
            NAME_SERVERS);
  }

  private Diagnosis names(Map<String, TargetUrl> targets) {
    if (unresolved.isEmpty()) {
      int count = resolved.size();
      String text = count == 1 ? "1 host name resolves" : count + " host names resolve";
      return Diagnosis.ok(DNS, count == 0 ? "no host names to check" : text);
    }
    long named =
        targets.values().stream()
            .filter(target -> target.literal().isEmpty())
            .map(TargetUrl::host)
            .distinct()
            .count();
    String shown = unresolved.stream().limit(3).collect(Collectors.joining(", "));
    if (named == 1) {
      return Diagnosis.warning(
          DNS,
          "the only name does not resolve: " + shown,
          "correct the URL, or check the name servers of this machine (/etc/resolv.conf)");
    }
    if (unresolved.size() == named) {
      return Diagnosis.failure(
          DNS, "none of the " + named + " names resolves: " + shown, NAME_SERVERS);
    }
    return Diagnosis.warning(
        DNS,
        unresolved.size() + " of " + named + " names do not resolve: " + shown,
        "correct the URLs of these endpoints, or remove them");
  }

  /** Returns the finding about the guard. Counts endpoints, although groups of them are judged. */
  private Diagnosis guard() {
    int all = endpoints.values().stream().mapToInt(List::size).sum();
    if (refused.isEmpty()) {
      return Diagnosis.ok(
          GUARD,
          "the outbound guard lets " + (all == 1 ? "1 endpoint" : all + " endpoints") + " pass");
    }
    if (mayServerConfigDiffer) {
      return Diagnosis.skipped(
          GUARD,
          "the running server's rules are unknown; repeat this with its flags, such as"
              + " --allow-network");
    }
    return Diagnosis.warning(
        GUARD,
        String.format(
            Locale.ROOT,
            "%d of %d endpoints %s refused: %s",
            refusedEndpoints,
            all,
            refusedEndpoints == 1 ? "is" : "are",
            refused.get(0)),
        "set outbound.allowNetworks, outbound.allowHttp or outbound.allowPorts if they are yours");
  }
}
