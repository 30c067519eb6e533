package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.PortalConfig;
import dev.hookferry.app.config.value.ValueKind;
import dev.hookferry.http.options.HttpServerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Configuration keys of the customers' portal. */
final class PortalKeys {
  private static final Pattern PLACE = Pattern.compile("(?:\\[([^\\]]+)]:|([^:]+):)?([0-9]{1,5})");

  static final ConfigKey<Optional<InetSocketAddress>> LISTEN =
      new ConfigKey<>(
          "portal.listen",
          ValueKind.one(
              "ADDRESS",
              "a port, or an address of this machine with a port such as 10.0.0.5:8443",
              PortalKeys::place),
          "",
          "--portal-listen",
          "The portal's own address and port, such as 10.0.0.5:8443, or a port of 127.0.0.1; empty"
              + " to serve it with the API.");

  static final ConfigKey<Optional<URI>> URL =
      new ConfigKey<>(
          "portal.url",
          ValueKind.one("URL", "an origin such as https://hooks.example.com", PortalKeys::origin),
          "",
          "--portal-url",
          "Scheme and host of portal links; if empty, those of the request that creates the"
              + " link.");

  static final List<ConfigKey<?>> ALL = List.of(LISTEN, URL);

  private PortalKeys() {}

  private static Optional<InetSocketAddress> place(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher parts = PLACE.matcher(text);
    ValueKind.require(parts.matches());
    String address = parts.group(1) != null ? parts.group(1) : parts.group(2);
    try {
      InetAddress bind =
          address == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(address);
      // A port beyond 65535 throws an IllegalArgumentException.
      return Optional.of(new InetSocketAddress(bind, Integer.parseInt(parts.group(3))));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Optional<URI> origin(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return Optional.ofNullable(
        HttpServerOptions.on(any).withPortalUrl(URI.create(text)).portalUrl());
  }

  static PortalConfig config(EffectiveConfig values) {
    return new PortalConfig(values.get(LISTEN).orElse(null), values.get(URL).orElse(null));
  }
}
