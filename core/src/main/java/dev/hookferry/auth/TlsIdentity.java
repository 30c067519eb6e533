package dev.hookferry.auth;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS context of an endpoint with its own client certificate or trusted CAs. Two are equal if
 * they have the same certificates; only then may requests share a connection. Immutable and
 * thread-safe.
 */
public final class TlsIdentity {
  private final String id;
  private final SSLContext context;

  private TlsIdentity(String id, SSLContext context) {
    this.id = id;
    this.context = context;
  }

  /**
   * Creates an identity.
   *
   * @param chain the certificates presented to the server; empty for none
   * @param key the private key of the first certificate; null without one
   * @param trusted the CA certificates that the server's certificate must chain to; empty for those
   *     that the JVM trusts
   */
  static TlsIdentity of(
      List<X509Certificate> chain, @Nullable PrivateKey key, List<X509Certificate> trusted) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (X509Certificate one : chain) {
        digest.update(one.getEncoded());
      }
      digest.update((byte) chain.size());
      for (X509Certificate one : trusted) {
        digest.update(one.getEncoded());
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(key == null ? null : managers(chain, key), managers(trusted), null);
      return new TlsIdentity(HexFormat.of().formatHex(digest.digest()), context);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot set up TLS: " + e.getMessage(), e);
    }
  }

  private static KeyManager[] managers(List<X509Certificate> chain, PrivateKey key) {
    return new KeyManager[] {new OnlyKey(chain.toArray(X509Certificate[]::new), key)};
  }

  private static TrustManager @Nullable [] managers(List<X509Certificate> trusted)
      throws GeneralSecurityException, IOException {
    if (trusted.isEmpty()) {
      return null;
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < trusted.size(); i++) {
      store.setCertificateEntry("trusted-" + i, trusted.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** Returns the context for client connections. */
  public SSLContext context() {
    return context;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TlsIdentity that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** Returns a hash of the certificates. */
  @Override
  public String toString() {
    return id;
  }

  /**
   * Presents this certificate to every server that accepts its key type. Ignores the server's list
   * of accepted issuers, which is often empty or names only the root.
   */
  private static final class OnlyKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    private final X509Certificate[] chain;
    private final PrivateKey key;

    OnlyKey(X509Certificate[] chain, PrivateKey key) {
      this.chain = chain;
      this.key = key;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      for (String type : types) {
        if (Objects.equals(type, chain[0].getPublicKey().getAlgorithm())) {
          return ALIAS;
        }
      }
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return chooseEngineClientAlias(types, issuers, null);
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }
  }
}
