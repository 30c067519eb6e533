package dev.hookferry.http.client;

import dev.hookferry.observe.LoadLimits;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.refusal.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Options of the HTTP transport: {@code
 * HttpTransportOptions.of(policy).withConnectTimeout(Duration.ofSeconds(2))}. Immutable; each
 * {@code with} method checks its argument and returns a copy.
 */
public final class HttpTransportOptions {
  /** Default maximum number of connections, including idle ones kept for reuse. */
  public static final int DEFAULT_CONNECTIONS = 4_000;

  private static final Duration MAX_CONNECT = Duration.ofSeconds(5);

  private final OutboundPolicy policy;
  private final Duration connectTimeout;
  private final int maxConnections;
  private final @Nullable Integer maxConnectionsPerHost;
  private final @Nullable SSLContext tls;
  private final @Nullable NameResolver resolver;
  private final EgressOptions egressOptions;

  /** The egresses, and the name of the default one or null. */
  private record EgressOptions(List<Egress> all, @Nullable String defaultName) {
    static final EgressOptions DIRECT = new EgressOptions(List.of(), null);
  }

  private HttpTransportOptions(
      OutboundPolicy policy,
      Duration connectTimeout,
      int maxConnections,
      @Nullable Integer maxConnectionsPerHost,
      @Nullable SSLContext tls,
      @Nullable NameResolver resolver,
      EgressOptions egressOptions) {
    this.policy = policy;
    this.connectTimeout = connectTimeout;
    this.maxConnections = maxConnections;
    this.maxConnectionsPerHost = maxConnectionsPerHost;
    this.tls = tls;
    this.resolver = resolver;
    this.egressOptions = egressOptions;
    Problems problems = new Problems();
    problems.require(
        connectTimeout.toMillis() > 0 && connectTimeout.compareTo(MAX_CONNECT) <= 0,
        "connectTimeout",
        "must be from 1 millisecond to 5 seconds");
    problems.require(maxConnections >= 1, "maxConnections", "must be at least 1");
    problems.require(
        maxConnectionsPerHost == null || maxConnectionsPerHost >= 1,
        "maxConnectionsPerHost",
        "must be at least 1");
    problems.throwIfAny();
  }

  /**
   * Returns the defaults: 5 seconds to connect, 4,000 connections in total and per host, the
   * certificate authorities and the resolver of the JVM.
   *
   * @param policy decides which targets may be called
   */
  public static HttpTransportOptions of(OutboundPolicy policy) {
    Objects.requireNonNull(policy, "policy");
    return new HttpTransportOptions(
        policy, MAX_CONNECT, DEFAULT_CONNECTIONS, null, null, null, EgressOptions.DIRECT);
  }

  /**
   * Returns a copy with the given timeout for the TCP connection: above zero, at most 5 seconds,
   * which is the default.
   *
   * @throws dev.hookferry.refusal.InvalidException if it is out of bounds
   */
  public HttpTransportOptions withConnectTimeout(Duration limit) {
    Objects.requireNonNull(limit, "limit");
    return new HttpTransportOptions(
        policy, limit, maxConnections, maxConnectionsPerHost, tls, resolver, egressOptions);
  }

  /**
   * Returns a copy with the given maximum number of connections to all receivers together: 1 or
   * more, 4,000 by default. Additional requests wait on this node, which does not count against
   * their deadline. The engine never needs more than twice {@link LoadLimits#inFlight()}. If the
   * maximum is lower than the number of requests that the engine keeps in flight, URLs share the
   * connections: each may take another one while it holds fewer than are free.
   *
   * @throws dev.hookferry.refusal.InvalidException if it is not positive
   */
  public HttpTransportOptions withMaxConnections(int max) {
    return new HttpTransportOptions(
        policy, connectTimeout, max, maxConnectionsPerHost, tls, resolver, egressOptions);
  }

  /**
   * Returns a copy with the given maximum number of connections per scheme, host and port: 1 or
   * more. The default is the maximum for all receivers, because the engine already limits the
   * requests to each endpoint ({@link LoadLimits#window()}). Each URL of a host may take another
   * connection while it holds fewer than are free, so a single URL never uses more than half of
   * them, rounded up. With 4 connections, two hanging URLs leave one for a third URL; with 1, all
   * URLs of the host share it.
   *
   * @throws dev.hookferry.refusal.InvalidException if it is not positive
   */
  public HttpTransportOptions withMaxConnectionsPerHost(int max) {
    return new HttpTransportOptions(
        policy, connectTimeout, maxConnections, max, tls, resolver, egressOptions);
  }

  /**
   * Returns a copy that trusts the given certificates, such as those of a private authority. Does
   * not affect endpoints that have their own client certificate or trusted certificates.
   */
  public HttpTransportOptions withTls(SSLContext context) {
    Objects.requireNonNull(context, "context");
    return new HttpTransportOptions(
        policy,
        connectTimeout,
        maxConnections,
        maxConnectionsPerHost,
        context,
        resolver,
        egressOptions);
  }

  /** Returns a copy that uses this resolver instead of the JVM's. */
  public HttpTransportOptions withResolver(NameResolver names) {
    Objects.requireNonNull(names, "names");
    return new HttpTransportOptions(
        policy, connectTimeout, maxConnections, maxConnectionsPerHost, tls, names, egressOptions);
  }

  /**
   * Returns a copy with one more egress, which endpoints and sites may select by name. By default
   * there are none.
   *
   * @throws dev.hookferry.refusal.InvalidException if an egress with this name exists
   */
  public HttpTransportOptions withEgress(Egress egress) {
    Objects.requireNonNull(egress, "egress");
    Problems problems = new Problems();
    problems.require(
        egressOptions.all.stream().noneMatch(one -> one.name().equals(egress.name())),
        "egress",
        "must have unique names; there are two named " + egress.name());
    problems.throwIfAny();
    List<Egress> all = new ArrayList<>(egressOptions.all);
    all.add(egress);
    return with(new EgressOptions(List.copyOf(all), egressOptions.defaultName));
  }

  /**
   * Returns a copy with a default egress, used when neither the endpoint nor its site selects one.
   * Without a default, such connections are direct.
   *
   * @param name the name of an egress that was added before
   * @throws dev.hookferry.refusal.InvalidException if no egress has this name
   */
  public HttpTransportOptions withDefaultEgress(String name) {
    Objects.requireNonNull(name, "name");
    List<String> names = egressOptions.all.stream().map(Egress::name).toList();
    Problems problems = new Problems();
    problems.require(
        names.contains(name), "egress", "must be the name of an egress that was added: " + names);
    problems.throwIfAny();
    return with(new EgressOptions(egressOptions.all, name));
  }

  private HttpTransportOptions with(EgressOptions egressOptions) {
    return new HttpTransportOptions(
        policy,
        connectTimeout,
        maxConnections,
        maxConnectionsPerHost,
        tls,
        resolver,
        egressOptions);
  }

  List<Egress> egresses() {
    return egressOptions.all;
  }

  @Nullable String defaultEgress() {
    return egressOptions.defaultName;
  }

  OutboundPolicy policy() {
    return policy;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  int maxConnections() {
    return maxConnections;
  }

  int maxConnectionsPerHost() {
    return maxConnectionsPerHost == null ? maxConnections : maxConnectionsPerHost;
  }

  @Nullable SSLContext tls() {
    return tls;
  }

  @Nullable NameResolver resolver() {
    return resolver;
  }
}
