package dev.hookferry.auth;

import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.secret.Redactor;
import dev.hookferry.secret.Sealed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The credentials that an endpoint's requests carry. Immutable; its secret is sealed. */
public sealed interface EndpointAuth {
  /** The header that carries them. */
  String HEADER = "Authorization";

  /** Calls the fold's method for this kind and returns its result. */
  <R> R fold(Fold<R> fold);

  /**
   * A visitor of the kinds of credentials. Each kind has its own method, so that no implementation
   * can miss a new kind.
   *
   * @param <R> the type of the result
   */
  interface Fold<R> {
    /** Visits a user name and a password. */
    R basic(Basic auth);

    /** Visits a fixed bearer token. */
    R bearer(Bearer auth);

    /** Visits tokens from an authorization server. */
    R oauth2(OAuth2 auth);
  }

  /** Returns the name of the kind in the API: {@code basic}, {@code bearer} or {@code oauth2}. */
  String kind();

  /** Returns the sealed secret: a password, a token, a client secret or a private key. */
  Sealed secret();

  /** Returns a copy with the given secret. */
  EndpointAuth with(Sealed other);

  /** Returns the fields that are set, by name, with the secret masked. */
  Map<String, String> shown();

  /** Returns kind and fields on one line, with the secret and the query of a URL masked. */
  default String summary() {
    StringBuilder summary = new StringBuilder(kind());
    shown()
        .forEach(
            (name, value) -> {
              boolean isUrl = name.equals(AuthFields.TOKEN_URL.name());
              String shown = isUrl ? value.replaceFirst("\\?.*", "?" + Redactor.MASK) : value;
              summary.append(' ').append(name).append('=').append(shown);
            });
    return summary.toString();
  }

  /**
   * A user name and a password.
   *
   * @param username without colons; may be empty
   * @param secret the password
   */
  record Basic(String username, Sealed secret) implements EndpointAuth {
    public Basic {
      Objects.requireNonNull(username, "username");
      Objects.requireNonNull(secret, "secret");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.basic(this);
    }

    @Override
    public String kind() {
      return AuthFields.BASIC.name();
    }

    @Override
    public Basic with(Sealed sealed) {
      return new Basic(username, Objects.requireNonNull(sealed, "sealed"));
    }

    @Override
    public Map<String, String> shown() {
      Map<String, String> shown = new LinkedHashMap<>();
      shown.put(AuthFields.USERNAME.name(), username);
      shown.put(AuthFields.PASSWORD.name(), Redactor.MASK);
      return shown;
    }
  }

  /**
   * A fixed bearer token.
   *
   * @param secret the token
   */
  record Bearer(Sealed secret) implements EndpointAuth {
    public Bearer {
      Objects.requireNonNull(secret, "secret");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.bearer(this);
    }

    @Override
    public String kind() {
      return AuthFields.BEARER.name();
    }

    @Override
    public Bearer with(Sealed sealed) {
      return new Bearer(Objects.requireNonNull(sealed, "sealed"));
    }

    @Override
    public Map<String, String> shown() {
      return Map.of(AuthFields.TOKEN.name(), Redactor.MASK);
    }
  }

  /**
   * Tokens that an authorization server issues by the client credentials grant.
   *
   * @param tokenUrl the token endpoint, a URL without routing values
   * @param clientId the client id
   * @param style how the client authenticates
   * @param secret the client secret, or the private key in PEM or as a JWK
   * @param scope scopes, separated by spaces, or null
   * @param audience the audience of the token, or null
   */
  record OAuth2(
      TargetUrl tokenUrl,
      String clientId,
      ClientAuthStyle style,
      Sealed secret,
      @Nullable String scope,
      @Nullable String audience)
      implements EndpointAuth {
    public OAuth2 {
      Objects.requireNonNull(tokenUrl, "tokenUrl");
      Objects.requireNonNull(clientId, "clientId");
      Objects.requireNonNull(style, "style");
      Objects.requireNonNull(secret, "secret");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.oauth2(this);
    }

    @Override
    public String kind() {
      return AuthFields.OAUTH2.name();
    }

    @Override
    public OAuth2 with(Sealed sealed) {
      Objects.requireNonNull(sealed, "sealed");
      return new OAuth2(tokenUrl, clientId, style, sealed, scope, audience);
    }

    @Override
    public Map<String, String> shown() {
      Map<String, String> shown = new LinkedHashMap<>();
      shown.put(AuthFields.TOKEN_URL.name(), tokenUrl.text());
      shown.put(AuthFields.CLIENT_ID.name(), clientId);
      boolean signs = style == ClientAuthStyle.PRIVATE_KEY_JWT;
      shown.put(
          signs ? AuthFields.PRIVATE_KEY.name() : AuthFields.CLIENT_SECRET.name(), Redactor.MASK);
      if (scope != null) {
        shown.put(AuthFields.SCOPE.name(), scope);
      }
      if (audience != null) {
        shown.put(AuthFields.AUDIENCE.name(), audience);
      }
      shown.put(AuthFields.STYLE.name(), style.code());
      return shown;
    }
  }
}
