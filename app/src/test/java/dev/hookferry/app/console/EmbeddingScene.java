package dev.hookferry.app.console;

import dev.hookferry.contract.support.Certificate;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.options.TlsFiles;
import dev.hookferry.portal.NewPortalLink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Two products that embed the portal: one with TLS, on a certificate of the test, and one without.
 */
final class EmbeddingScene implements AutoCloseable {
  /** The product's host, for which the portal's is another site. */
  static final String ABROAD = "127.0.0.1";

  /** The product's host beside {@link #SISTER}. */
  static final String HOME = "product.apps.example.com";

  static final String SISTER = "good.example.com";
  static final String FOREIGN = "localhost";
  static final NewPortalLink LINK = NewPortalLink.of("c-17");

  /** Has a certificate. */
  final PortalServer secure;

  /** Without TLS, so that browsers drop the cookies of foreign frames. */
  final PortalServer plain;

  /** Behind the product's own server, which has the certificate. */
  final PortalServer behind;

  private final ProductPage product;
  private final ProductPage plainProduct;

  /**
   * Starts all servers.
   *
   * @param folder for the certificate and its key
   */
  EmbeddingScene(Path folder) throws IOException {
    Path certificate = Files.writeString(folder.resolve("tls.crt"), Certificate.GOOD.pem());
    Path key = Files.writeString(folder.resolve("tls.key"), Certificate.GOOD.keyPem());
    secure = new PortalServer(options -> options.withTls(TlsFiles.of(certificate, key)));
    plain = new PortalServer(options -> options);
    behind = new PortalServer(HttpServerOptions::withProxyInFront);
    product = new ProductPage(origin(secure, FOREIGN), behind.port(), Certificate.GOOD.context());
    plainProduct = new ProductPage(origin(plain, FOREIGN), plain.port(), null);
    List<String> origins =
        Stream.of(ABROAD, HOME)
            .flatMap(host -> Stream.of(product(secure, host), product(plain, host)))
            .toList();
    for (PortalServer server : List.of(secure, plain, behind)) {
      server.settings(
          Map.of(
              "enabled",
              true,
              "origins",
              origins,
              "refreshUrl",
              "http://localhost/hooks",
              "theme",
              Map.of("accent", "#6122e7")));
    }
    secure.fill();
    behind.fill();
  }

  /** Returns the certificate of everything with TLS. */
  static X509Certificate certificate() {
    try {
      byte[] pem = Certificate.GOOD.pem().getBytes(StandardCharsets.US_ASCII);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem));
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the origin of a server under a host. */
  String origin(PortalServer server, String host) {
    return scheme(server) + host + ":" + server.port();
  }

  private String scheme(PortalServer server) {
    return server == plain ? "http://" : "https://";
  }

  /** Returns the origin of the product that embeds a server, under a host. */
  String product(PortalServer server, String host) {
    ProductPage page = server == plain ? plainProduct : product;
    return scheme(server) + host + ":" + page.port();
  }

  /** Returns the address of the product's page that embeds a new link. */
  String page(PortalServer server, String productHost, String hooksHost) {
    String src = origin(server, hooksHost) + server.link(LINK);
    return product(server, productHost)
        + "/embed?src="
        + URLEncoder.encode(src, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    product.close();
    plainProduct.close();
    secure.close();
    plain.close();
    behind.close();
  }
}
