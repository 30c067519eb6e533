package dev.hookferry.http.client;

import dev.hookferry.auth.EndpointTls;
import dev.hookferry.auth.TlsIdentity;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.http.client.proxy.ProxyAddress;
import dev.hookferry.http.client.proxy.ProxyCredentials;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A path for outgoing connections, which endpoints and sites select by name: {@code
 * Egress.proxy("eu", "http://proxy-1.internal:3128", "http://proxy-2.internal:3128")}. Immutable;
 * each {@code with} method returns a copy. Every method checks its arguments and throws an {@link
 * InvalidException} for the first invalid one.
 */
public final class Egress {
  private static final int MAX_PROXIES = 2;
  private static final int MAX_BYTES = 255;

  private final String name;
  private final List<ProxyAddress> proxies;
  private final @Nullable ProxyCredentials credentials;
  private final @Nullable TlsIdentity tls;
  private final @Nullable InetAddress source;

  private Egress(
      String name,
      List<ProxyAddress> proxies,
      @Nullable ProxyCredentials credentials,
      @Nullable TlsIdentity tls,
      @Nullable InetAddress source) {
    this.name = EndpointFields.EGRESS.kind().checked("name", name);
    this.proxies = proxies;
    this.credentials = credentials;
    this.tls = tls;
    this.source = source;
  }

  /**
   * Returns an egress through one or two proxies. The second one is used while the first cannot
   * open connections.
   *
   * @param name 1 to 40 characters of {@code A-Za-z0-9_.-}
   * @param urls one or two: {@code http://HOST:PORT} or {@code https://HOST:PORT} for CONNECT,
   *     {@code socks5://HOST:PORT} for SOCKS 5. The outbound policy does not apply to them
   */
  public static Egress proxy(String name, String... urls) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(urls, "urls");
    Problems.check(
        problems ->
            problems.require(
                urls.length >= 1 && urls.length <= MAX_PROXIES,
                "proxy",
                "must be one or two URLs (got " + urls.length + ")"));
    List<ProxyAddress> proxies = Stream.of(urls).map(ProxyAddress::parse).toList();
    return new Egress(name, proxies, null, null, null);
  }

  /**
   * Returns an egress that sends from an address of this machine. Whether the machine has the
   * address is not checked until a connection needs it. Reaches only receivers with an address of
   * the same family (IPv4 or IPv6).
   *
   * @param name 1 to 40 characters of {@code A-Za-z0-9_.-}
   * @param source the address, such as {@code 203.0.113.7}; not a name
   */
  public static Egress from(String name, String source) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(source, "source");
    InetAddress address = literal(source);
    if (address == null) {
      throw InvalidException.of("sourceAddress", "must be an IP address of this machine");
    }
    return new Egress(name, List.of(), null, null, address);
  }

  /** Parses an address. Returns null for a name; names are not looked up. */
  static @Nullable InetAddress literal(String host) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
    try {
      return bytes == null ? null : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
    }
  }

  /**
   * Returns an egress for direct connections, so that endpoints can select one even if another
   * egress is the default.
   *
   * @param name 1 to 40 characters of {@code A-Za-z0-9_.-}
   */
  public static Egress direct(String name) {
    return new Egress(Objects.requireNonNull(name, "name"), List.of(), null, null, null);
  }

  /**
   * Returns a copy that authenticates to its proxies: with the Basic scheme for CONNECT, per RFC
   * 1929 for SOCKS 5.
   *
   * @param user 1 to 255 bytes in UTF-8, without a colon
   * @param password 1 to 255 bytes in UTF-8
   */
  public Egress withCredentials(String user, String password) {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    Problems.check(
        problems -> {
          requireProxy(problems, "user");
          problems.require(
              isPlausible(user) && user.indexOf(':') < 0,
              "user",
              "must be 1 to 255 bytes, without a colon or control characters");
          problems.require(
              isPlausible(password),
              "password",
              "must be 1 to 255 bytes, without control characters");
        });
    return new Egress(name, proxies, new ProxyCredentials(user, password), tls, source);
  }

  /**
   * Returns a copy that trusts these certificate authorities, instead of the JVM's, for its {@code
   * https} proxies.
   *
   * @param pem 1 to 50 certificates in PEM format
   */
  public Egress withTrustedCa(String pem) {
    Objects.requireNonNull(pem, "pem");
    Problems.check(
        problems ->
            problems.require(
                proxies.stream().anyMatch(one -> one.kind() == ProxyAddress.Kind.HTTPS),
                "trustedCa",
                "needs a proxy with https"));
    try {
      TlsIdentity trusting = new EndpointTls(null, pem).identity(null);
      return new Egress(name, proxies, credentials, trusting, source);
    } catch (InvalidException e) {
      throw InvalidException.of("trustedCa", e.problems().get(0).reason());
    }
  }

  private void requireProxy(Problems problems, String field) {
    problems.require(!proxies.isEmpty(), field, "needs a proxy");
  }

  private static boolean isPlausible(String text) {
    return !text.isEmpty()
        && text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
        && text.chars().noneMatch(Character::isISOControl);
  }

  /** Returns the name by which endpoints and sites select this egress. */
  public String name() {
    return name;
  }

  /** Returns the proxies, in the order in which they are tried. */
  List<ProxyAddress> proxies() {
    return proxies;
  }

  @Nullable ProxyCredentials credentials() {
    return credentials;
  }

  /**
   * Returns the certificates to trust for connections to {@code https} proxies; null for the JVM's.
   */
  @Nullable TlsIdentity tls() {
    return tls;
  }

  @Nullable InetAddress source() {
    return source;
  }

  /** Returns the proxies or the source address, without credentials. */
  List<String> via() {
    return source == null
        ? proxies.stream().map(ProxyAddress::toString).toList()
        : List.of(source.getHostAddress());
  }

  /** Returns the name and the proxies or source address, without credentials. */
  @Override
  public String toString() {
    return name + via();
  }
}
